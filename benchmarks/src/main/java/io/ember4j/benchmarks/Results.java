package io.ember4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The finished cells of one build, in a file of JSON lines to which each new one is added. */
final class Results {
  private final Path file;
  private final String build;
  private final Map<String, Map<String, Sample>> samples = new HashMap<>();

  private Results(Path file, String build) {
    this.file = file;
    this.build = build;
  }

  /** Reads what is there of this build; what other builds left is kept, and ignored. */
  static Results open(Path file, String build) throws IOException {
    Results results = new Results(file, build);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Sample sample = Sample.parse(line);
        if (sample != null && sample.build().equals(build)) {
          results.put(sample);
        }
      }
    }
    return results;
  }

  /** Returns the results of whichever build wrote the last line; empty without a file. */
  static Optional<Results> openLast(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String last = null;
    for (String line : Files.readAllLines(file)) {
      Sample sample = Sample.parse(line);
      last = sample == null ? last : sample.build();
    }
    return last == null ? Optional.empty() : Optional.of(open(file, last));
  }

  String build() {
    return build;
  }

  /** Returns the version of the JDK, which {@link Build#id} begins with. */
  String jdk() {
    return build.substring(0, build.indexOf('/'));
  }

  private void put(Sample sample) {
    samples.computeIfAbsent(sample.key(), key -> new HashMap<>()).put(sample.contender(), sample);
  }

  /** Adds the samples of a finished cell, all or none. */
  void add(List<Sample> cell) throws IOException {
    StringBuilder lines = new StringBuilder();
    cell.forEach(sample -> lines.append(sample.toLine()).append('\n'));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    cell.forEach(this::put);
  }

  boolean has(Cell cell) {
    return samples.getOrDefault(cell.key(), Map.of()).keySet().containsAll(cell.contenders());
  }

  Optional<Sample> sample(String key, String contender) {
    return Optional.ofNullable(samples.getOrDefault(key, Map.of()).get(contender));
  }

  Optional<Ratio> ratio(Cell cell, String peer) {
    Optional<Sample> ours = sample(cell.key(), cell.contenders().get(0));
    return ours.flatMap(mine -> sample(cell.key(), peer).map(theirs -> Ratio.of(mine, theirs)));
  }
}
