package io.sipscope.persistence.statistics;

/// A statistic's name, `group:name` as OpenSIPS prints it.
public record StatisticName(String group, String name) implements Comparable<StatisticName> {

  @Override
  public int compareTo(StatisticName other) {
    int byGroup = group.compareTo(other.group);
    return byGroup != 0 ? byGroup : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return group + ":" + name;
  }
}
