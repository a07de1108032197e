package io.ember4j;

import io.ember4j.spi.BackendProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The providers of this process, by name, and those that could not be loaded. */
final class Discovery {
  private static final class Holder {
    static final Discovery INSTANCE = discover();
  }

  private final Map<String, List<Candidate>> byName = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /** Returns the discovery of this process, made at the first call. */
  static Discovery current() {
    return Holder.INSTANCE;
  }

  private static Discovery discover() {
    Discovery discovery = new Discovery();
    ProviderLoader loader = new ProviderLoader();
    ClassLoader own = BackendProvider.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    loader.load(own);
    if (context != own) {
      loader.load(context);
    }
    discovery.failures.addAll(loader.failures());
    loader.providers().forEach(discovery::add);
    return discovery;
  }

  private void add(BackendProvider provider) {
    try {
      insert(provider);
    } catch (Throwable e) { // whatever it is, it concerns this provider alone
      failures.add("provider " + provider.getClass().getName() + ": " + Failures.describe(e));
    }
  }

  private void insert(BackendProvider provider) {
    Candidate candidate = new Candidate(provider);
    List<Candidate> claims = byName.computeIfAbsent(candidate.name(), n -> new ArrayList<>());
    if (claims.stream().noneMatch(c -> c.providerClass().equals(candidate.providerClass()))) {
      claims.add(candidate);
    }
  }

  synchronized void register(BackendProvider provider) {
    insert(provider);
  }

  /** Returns the providers that have their name for themselves, the highest priority first. */
  private synchronized List<Candidate> candidates() {
    return byName.values().stream()
        .filter(claims -> claims.size() == 1)
        .map(claims -> claims.get(0))
        .sorted(
            Comparator.comparingInt(Candidate::priority).reversed().thenComparing(Candidate::name))
        .toList();
  }

  List<BackendInfo> available() {
    List<Candidate> candidates = candidates();
    // Probed by name, not by rank: a native library that one loads may be what another lacks, and
    // what is reported should not change with the priorities.
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::name))
        .forEach(Candidate::availability);
    return candidates.stream().map(Candidate::info).toList();
  }

  synchronized List<String> failures() {
    List<String> all = new ArrayList<>(failures);
    byName.forEach(
        (name, claims) -> {
          if (claims.size() > 1) {
            all.add(ambiguous(name, claims));
          }
        });
    return all;
  }

  private static String ambiguous(String name, List<Candidate> claims) {
    return "backend \""
        + name
        + "\" is claimed by "
        + claims.stream().map(Candidate::providerClass).collect(Collectors.joining(" and "))
        + "; keep one of their jars on the class path";
  }

  /**
   * Returns the named backend, creating it on its first use.
   *
   * @throws BackendException if it is missing, ambiguous, or cannot run
   */
  ActiveBackend activate(String name) {
    List<Candidate> claims;
    synchronized (this) {
      claims = List.copyOf(byName.getOrDefault(name, List.of()));
    }
    if (claims.isEmpty()) {
      throw new BackendException(missing(name));
    }
    if (claims.size() > 1) {
      throw new BackendException(ambiguous(name, claims));
    }
    return claims.get(0).activate();
  }

  private String missing(String name) {
    StringBuilder message = new StringBuilder("unknown backend \"" + name + "\"; found: ");
    List<Candidate> candidates = candidates();
    message.append(
        candidates.isEmpty()
            ? "none"
            : candidates.stream().map(Candidate::name).collect(Collectors.joining(", ")));
    List<String> failed = failures();
    if (!failed.isEmpty()) {
      message.append("; failed to load: ").append(String.join("; ", failed));
    }
    ArtifactHints.forBackend(name)
        .ifPresent(artifact -> message.append("; add the artifact ").append(artifact));
    return message.toString();
  }

  /** Returns the available backend of the highest priority. */
  ActiveBackend activateBest() {
    List<Candidate> candidates = candidates();
    List<Candidate> embedded =
        candidates.stream()
            .filter(c -> c.priority() == BackendProvider.EMBEDDED_DEFAULT_PRIORITY)
            .toList();
    if (embedded.size() > 1) {
      throw new BackendException(
          "backends "
              + embedded.stream()
                  .map(c -> c.name() + " (" + c.providerClass() + ")")
                  .collect(Collectors.joining(" and "))
              + " both claim the priority reserved for the embedded default; choose one with"
              + " Backends.set, -D"
              + Selection.PROPERTY
              + " or "
              + Selection.VARIABLE);
    }
    List<String> refused = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (candidate.availability().available()) {
        return candidate.activate();
      }
      refused.add(candidate.name() + " (" + candidate.availability().reason() + ")");
    }
    List<String> failed = failures();
    throw new BackendException(
        "no backend on the class path can run"
            + (refused.isEmpty() ? "" : "; refused: " + String.join(", ", refused))
            + (failed.isEmpty() ? "" : "; failed to load: " + String.join("; ", failed))
            + "; add one of the artifacts "
            + ArtifactHints.all()
            + ", and when you build one jar of many, merge the META-INF/services files");
  }
}
