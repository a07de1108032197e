package io.ember4j.activation;

import io.ember4j.UnknownNameException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the nearest of the known names. */
final class Names {
  private Names() {}

  static UnknownNameException unknown(String what, String name, Collection<String> known) {
    List<String> nearest =
        known.stream()
            .sorted(
                Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(3)
            .toList();
    return new UnknownNameException(
        "unknown "
            + what
            + " \""
            + name
            + "\""
            + (nearest.isEmpty()
                ? "; there are none"
                : "; nearest: " + String.join(", ", nearest)));
  }

  /** Returns the Levenshtein distance, ignoring case and underscores. */
  static int distance(String a, String b) {
    String s = a.toLowerCase(java.util.Locale.ROOT).replace("_", "");
    String t = b.toLowerCase(java.util.Locale.ROOT).replace("_", "");
    int[] row = new int[t.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= s.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= t.length(); j++) {
        int substituted = diagonal + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[t.length()];
  }
}
