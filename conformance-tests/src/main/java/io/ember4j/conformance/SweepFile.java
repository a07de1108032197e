package io.ember4j.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The text of a state file: a line that says what was swept, and a line for each shard that is
 * done, each with a checksum at its end.
 */
final class SweepFile {
  private static final String FORMAT = "ember4j-sweep-1";
  private static final String CHECKSUM = " checksum=";
  private static final String REMEDY = "; remove the file to have it computed anew";

  private SweepFile() {}

  /** Writes the progress as a whole or not at all. */
  static void write(Path file, SweepProgress progress) {
    StringBuilder text = new StringBuilder();
    append(
        text,
        String.join(
            " ",
            FORMAT,
            "subject=" + progress.subject(),
            "function=" + progress.function(),
            "stride=" + progress.inputs().stride(),
            "probe=" + Integer.toHexString(progress.probe())));
    progress.shards().forEach((shard, tally) -> append(text, line(shard, tally)));
    try {
      Path whole = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(whole, text);
      Files.move(whole, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SweepException(
          file + ": cannot be written (" + e + "); name a state folder that you may write", e);
    }
  }

  private static void append(StringBuilder text, String line) {
    text.append(line).append(CHECKSUM).append(checksum(line)).append('\n');
  }

  private static String line(int shard, SweepTally t) {
    return String.join(
        " ",
        "shard=" + shard,
        "inputs=" + t.inputs(),
        "judged=" + t.judged(),
        "correct=" + t.correct(),
        "squares=" + Double.toHexString(t.sumOfSquares()),
        "worst=" + Double.toHexString(t.worst()),
        "at=" + Integer.toHexString(t.worstBits()),
        "floored=" + t.floored(),
        "differences=" + t.differences(),
        "first=" + Integer.toHexString(t.differenceBits()));
  }

  private static String checksum(String line) {
    CRC32 crc = new CRC32();
    crc.update(line.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws SweepException if it is anything else
   */
  static SweepProgress read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new SweepException(file + ": is no readable text (" + e + ")" + REMEDY, e);
    }
    if (lines.isEmpty() || !lines.get(0).startsWith(FORMAT + " ")) {
      throw new SweepException(file + ": is no state of a sweep (" + FORMAT + ")" + REMEDY);
    }
    try {
      SweepProgress progress = progress(fields(lines.get(0)));
      for (String line : lines.subList(1, lines.size())) {
        Map<String, String> fields = fields(line);
        progress.add(Integer.parseInt(get(fields, "shard")), tally(fields));
      }
      return progress;
    } catch (IllegalArgumentException e) {
      throw new SweepException(file + ": is corrupt (" + e.getMessage() + ")" + REMEDY, e);
    }
  }

  private static Map<String, String> fields(String line) {
    int end = line.lastIndexOf(CHECKSUM);
    if (end < 0
        || !line.substring(end + CHECKSUM.length()).equals(checksum(line.substring(0, end)))) {
      throw new IllegalArgumentException("a checksum does not match");
    }
    Map<String, String> fields = new TreeMap<>();
    for (String word : line.substring(0, end).split(" ", -1)) {
      int equals = word.indexOf('=');
      fields.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
    }
    return fields;
  }

  private static String get(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a line without " + name);
    }
    return value;
  }

  private static SweepProgress progress(Map<String, String> fields) {
    String name = get(fields, "function");
    SweepFunction function =
        SweepFunction.values().stream()
            .filter(f -> f.toString().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown function " + name));
    return new SweepProgress(
        get(fields, "subject"),
        function,
        new SweepInputs(Integer.parseInt(get(fields, "stride"))),
        bits(get(fields, "probe")));
  }

  private static SweepTally tally(Map<String, String> fields) {
    return new SweepTally(
        Long.parseLong(get(fields, "inputs")),
        Long.parseLong(get(fields, "judged")),
        Long.parseLong(get(fields, "correct")),
        Double.parseDouble(get(fields, "squares")),
        Double.parseDouble(get(fields, "worst")),
        bits(get(fields, "at")),
        Long.parseLong(get(fields, "floored")),
        Long.parseLong(get(fields, "differences")),
        bits(get(fields, "first")));
  }

  private static int bits(String hexadecimal) {
    return Integer.parseUnsignedInt(hexadecimal, 16);
  }

  /** Reads all state files of a folder, in the order of their names. */
  static List<SweepProgress> readAll(Path folder) {
    List<SweepProgress> all = new ArrayList<>();
    for (Path file : SweepState.files(folder)) {
      all.add(read(file));
    }
    return all;
  }
}
