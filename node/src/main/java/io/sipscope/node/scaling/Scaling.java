package io.sipscope.node.scaling;

/// Decides, a cycle at a time, whether a group has too few workers or too many. Pure arithmetic
/// over what it was told: OpenSIPS's own rules.
///
/// After one more, what was measured before counts as if there had been as many then; and nobody
/// goes for ten times the cycles that it takes to go, nor in as many after the start.
final class Scaling {
  private static final int PATIENCE = 10;

  private final Profile profile;
  private final double[] loads;
  private int told;
  private int cyclesToWait;

  enum Decision {
    UP,
    DOWN,
    NONE
  }

  Scaling(Profile profile) {
    this.profile = profile;
    this.loads = new double[Math.max(profile.upWithin(), profile.downCycles())];
    this.cyclesToWait = PATIENCE * profile.downCycles();
  }

  /// What is to be done after one more cycle; it is taken for done.
  ///
  /// @param load percent of their time that the workers were busy in it, on average
  /// @param workers how many there were, at least 1
  Decision after(int load, int workers) {
    loads[told % loads.length] = load;
    told++;
    var decision = decide(workers);
    switch (decision) {
      case UP -> {
        rescale(workers);
        cyclesToWait = PATIENCE * profile.downCycles();
      }
      case DOWN, NONE -> cyclesToWait = Math.max(0, cyclesToWait - 1);
    }
    return decision;
  }

  private Decision decide(int workers) {
    int over = 0;
    for (int back = 0; back < known(profile.upWithin()); back++) {
      over += load(back) > profile.upPercent() ? 1 : 0;
    }
    if (over >= profile.upCycles()) {
      return workers < profile.most() ? Decision.UP : Decision.NONE;
    }
    return isIdle() && workers > profile.least() && cyclesToWait == 0 && oneLessSuffices(workers)
        ? Decision.DOWN
        : Decision.NONE;
  }

  private boolean isIdle() {
    if (profile.downCycles() == 0 || told < profile.downCycles()) {
      return false;
    }
    for (int back = 0; back < profile.downCycles(); back++) {
      if (load(back) >= profile.downPercent()) {
        return false;
      }
    }
    return true;
  }

  private boolean oneLessSuffices(int workers) {
    double sum = 0;
    for (int back = 0; back < profile.downCycles(); back++) {
      sum += load(back);
    }
    return workers > 1
        && sum * workers / (profile.downCycles() * (workers - 1.0)) < profile.upPercent();
  }

  private void rescale(int workers) {
    for (int i = 0; i < loads.length; i++) {
      loads[i] = loads[i] * workers / (workers + 1);
    }
  }

  private int known(int cycles) {
    return Math.min(cycles, told);
  }

  /// That of so many cycles before the last.
  private double load(int back) {
    return loads[Math.floorMod(told - 1 - back, loads.length)];
  }
}
