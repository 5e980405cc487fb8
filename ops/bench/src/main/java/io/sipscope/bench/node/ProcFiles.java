package io.sipscope.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Linux's `/proc/PID` says of a process (proc(5)).
public record ProcFiles(long pid) {

  /// `USER_HZ`, which is 100 on every Linux this runs on.
  private static final long TICKS_PER_SECOND = 100;

  private static final int STATE = 3;
  private static final int USER_TIME = 14;
  private static final int SYSTEM_TIME = 15;
  private static final int ENDED_CHILDREN_USER_TIME = 16;
  private static final int ENDED_CHILDREN_SYSTEM_TIME = 17;
  private static final int PARENT = 4;

  /// User and system time of the process so far, seconds.
  public double cpuSeconds() throws IOException {
    var fields = stat(pid);
    long ticks = field(fields, USER_TIME) + field(fields, SYSTEM_TIME);
    return (double) ticks / TICKS_PER_SECOND;
  }

  /// The same for the process and its children, also those that ended: PostgreSQL's workers.
  public double cpuSecondsOfFamily() throws IOException {
    var own = stat(pid);
    long ended = field(own, ENDED_CHILDREN_USER_TIME) + field(own, ENDED_CHILDREN_SYSTEM_TIME);
    double seconds = cpuSeconds() + (double) ended / TICKS_PER_SECOND;
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (var process : processes.filter(path -> path.endsWith(digits(path))).toList()) {
        long child = Long.parseLong(digits(process));
        try {
          if (field(stat(child), PARENT) == pid) {
            seconds += new ProcFiles(child).cpuSeconds();
          }
        } catch (NoSuchFileException _) {
          // it ended meanwhile
        }
      }
    }
    return seconds;
  }

  /// The most memory the process ever held, bytes (`VmHWM`).
  public long peakResidentBytes() throws IOException {
    return status("VmHWM");
  }

  public long residentBytes() throws IOException {
    return status("VmRSS");
  }

  private long status(String name) throws IOException {
    for (var line : Files.readAllLines(file(pid, "status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("no " + name + " in " + file(pid, "status"));
  }

  /// The fields after the program's name, which may hold spaces.
  private static List<String> stat(long pid) throws IOException {
    var stat = Files.readString(file(pid, "stat"));
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
  }

  private static long field(List<String> fields, int number) {
    return Long.parseLong(fields.get(number - STATE).strip());
  }

  private static String digits(Path path) {
    var name = String.valueOf(path.getFileName());
    return name.chars().allMatch(Character::isDigit) ? name : "none";
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
