package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the lines of a {@link ConformanceProfile}; refuses whatever it does not understand. */
final class ProfileParser {
  private static final Set<String> SYSTEMS = Set.of("linux", "macos", "windows");

  private final String source;
  private final Set<Capability> capabilities = new LinkedHashSet<>();
  private final List<Deviation> deviations = new ArrayList<>();
  private final List<DeclaredBound> bounds = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int line;

  ProfileParser(String source) {
    this.source = source;
  }

  ConformanceProfile parse(List<String> lines) {
    for (String text : lines) {
      line++;
      String stripped = text.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      List<String> words = Arrays.asList(stripped.split("\\s+"));
      switch (words.get(0)) {
        case "capability" -> capability(words);
        case "deviation" -> deviation(words);
        case "bound" -> bound(words);
        default ->
            throw error("\"" + words.get(0) + "\" is not one of capability, deviation, bound");
      }
    }
    return new ConformanceProfile(capabilities, deviations, bounds);
  }

  private void capability(List<String> words) {
    boolean isNative = words.size() > 1 && words.get(1).equals("native");
    if (words.size() != (isNative ? 4 : 3)) {
      throw error(
          "expected: capability softmax|epilogue|fusion|slices DTYPE, or: capability native FUNCTION"
              + " DTYPE");
    }
    Capability.Kind kind =
        switch (words.get(1)) {
          case "softmax" -> Capability.Kind.SOFTMAX;
          case "epilogue" -> Capability.Kind.EPILOGUE;
          case "fusion" -> Capability.Kind.FUSION;
          case "slices" -> Capability.Kind.SLICES;
          case "native" -> Capability.Kind.NATIVE;
          default ->
              throw error(
                  "\""
                      + words.get(1)
                      + "\" is not one of softmax, epilogue, fusion, slices, native");
        };
    String function = isNative ? words.get(2) : "";
    once(String.join(" ", words));
    capabilities.add(new Capability(kind, function, dtype(words.get(words.size() - 1))));
  }

  private void deviation(List<String> words) {
    if (words.size() < 2) {
      throw error("expected: deviation RULE-ID [os=...] [arch=...] REASON...");
    }
    int next = 2;
    String os = "";
    String arch = "";
    while (next < words.size() && words.get(next).matches("(os|arch)=.*")) {
      String value = words.get(next).substring(words.get(next).indexOf('=') + 1);
      if (words.get(next).startsWith("os=")) {
        if (!SYSTEMS.contains(value)) {
          throw error("os is \"" + value + "\"; use one of linux, macos, windows");
        }
        os = value;
      } else {
        arch = value.toLowerCase(Locale.ROOT);
      }
      next++;
    }
    String reason = String.join(" ", words.subList(next, words.size()));
    if (reason.isEmpty()) {
      throw error("the deviation from " + words.get(1) + " has no reason");
    }
    once("deviation " + words.get(1) + " " + os + " " + arch);
    deviations.add(new Deviation(words.get(1), os, arch, reason));
  }

  private void bound(List<String> words) {
    if (words.size() < 5) {
      throw error("expected: bound FUNCTION DTYPE ULP REASON...");
    }
    double ulp;
    try {
      ulp = Double.parseDouble(words.get(3));
    } catch (NumberFormatException e) {
      throw error("\"" + words.get(3) + "\" is not a number of ULP");
    }
    if (!(ulp > 0) || Double.isInfinite(ulp)) {
      throw error("a bound of " + words.get(3) + " ULP; use a finite number > 0");
    }
    DType dtype = dtype(words.get(2));
    once("bound " + words.get(1) + " " + dtype);
    if (!Bounds.isKnown(words.get(1))) {
      throw error(
          "\"" + words.get(1) + "\" is not a function with a bound; known are " + Bounds.names());
    }
    bounds.add(
        new DeclaredBound(
            words.get(1), dtype, ulp, String.join(" ", words.subList(4, words.size()))));
  }

  private DType dtype(String text) {
    return switch (text) {
      case "float32" -> DType.FLOAT32;
      case "float64" -> DType.FLOAT64;
      default -> throw error("\"" + text + "\" is not a dtype; use float32 or float64");
    };
  }

  private void once(String declaration) {
    if (!seen.add(declaration)) {
      throw error("declared twice: " + declaration.strip());
    }
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(source + ":" + line + ": " + what);
  }
}
