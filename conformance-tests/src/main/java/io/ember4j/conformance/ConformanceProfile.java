package io.ember4j.conformance;

import io.ember4j.spi.BackendProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What a backend declares about itself: what it can do beyond the required floor, which rules it is
 * known to break, and which accuracy it keeps where that is not the specification's.
 *
 * <p>It lies beside the backend's code, in the resource {@code META-INF/ember4j/NAME.conformance}
 * of its jar, so that everybody who runs the kit judges by the same data. Each line is one of
 *
 * <pre>
 * # a comment
 * capability softmax|epilogue|fusion|slices float32|float64
 * capability native FUNCTION float32|float64
 * deviation RULE-ID [os=linux|macos|windows] [arch=ARCHITECTURE] REASON...
 * bound FUNCTION float32|float64 ULP REASON...
 * </pre>
 *
 * @param capabilities what it does beyond the required floor; what is not listed must be absent
 * @param deviations the rules it breaks; each must still be broken
 * @param bounds accuracies; none may be much wider than what is measured
 */
public record ConformanceProfile(
    Set<Capability> capabilities, List<Deviation> deviations, List<DeclaredBound> bounds) {
  /** Copies the collections. */
  public ConformanceProfile {
    capabilities = Set.copyOf(capabilities);
    deviations = List.copyOf(deviations);
    bounds = List.copyOf(bounds);
  }

  /** Returns the profile of a backend that declares nothing: the specification as it stands. */
  public static ConformanceProfile strict() {
    return new ConformanceProfile(Set.of(), List.of(), List.of());
  }

  /**
   * Returns the profile that lies in the provider's jar; {@link #strict} if there is none.
   *
   * @throws IllegalArgumentException if a line of it is wrong; the message has its number
   */
  public static ConformanceProfile of(BackendProvider provider) {
    return find(provider.name(), provider.getClass().getClassLoader());
  }

  /** Returns the named backend's profile as the class loader finds it; strict if there is none. */
  static ConformanceProfile find(String backend, ClassLoader loader) {
    String resource = "META-INF/ember4j/" + backend + ".conformance";
    try (InputStream stream = loader.getResourceAsStream(resource)) {
      if (stream == null) {
        return strict();
      }
      return parse(
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
              .lines()
              .toList(),
          resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /**
   * Returns the profile that the lines declare.
   *
   * @param source where the lines come from, for messages
   * @throws IllegalArgumentException if a line is wrong; the message has its number
   */
  public static ConformanceProfile parse(List<String> lines, String source) {
    return new ProfileParser(source).parse(lines);
  }
}
