package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.List;
import java.util.Optional;

/** SL: which backend computes, and how tensors get there. */
final class SelectionRules {
  private SelectionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "SL-1.scopes",
            "The backend of the innermost scope is current; closing it restores the one before.",
            "the provider's name",
            SelectionRules::scopes),
        new Rule(
            "SL-2.wrap",
            "wrap carries the scope to another thread, and leaves that thread as it was.",
            "checked by the api: nothing a backend does should change it",
            SelectionRules::wrap),
        new Rule(
            "SL-3.transfers",
            "A tensor of the current backend is never transferred; one made elsewhere is brought"
                + " over bit for bit, once.",
            "upload or download",
            SelectionRules::transfers),
        new Rule(
            "SL-4.swapping",
            "Threads that swap backends around each call all get right results.",
            "static state that calls share without a lock",
            SelectionRules::swapping));
  }

  private static void isCurrent(String expected) {
    String actual = Backends.current().name();
    Checks.isTrue(
        actual.equals(expected), "current backend: expected %s, got %s", expected, actual);
  }

  private static void scopes(Subject subject) throws InterruptedException {
    String name = subject.backend();
    isCurrent(name);
    String other = Checks.other(subject).orElse(name);
    try (BackendScope outer = Backends.use(other)) {
      isCurrent(other);
      try (BackendScope inner = Backends.use(name)) {
        isCurrent(name);
      }
      isCurrent(other);
      Checks.refuses(
          IllegalStateException.class,
          "closing scopes out of order",
          () -> {
            try (BackendScope inner = Backends.use(name)) {
              outer.close();
            }
          },
          "reverse order");
      isCurrent(other);
    }
    isCurrent(name);
    Checks.isTrue(
        Backends.currentReason().contains("scope"),
        "the reason is \"%s\", not a scope",
        Backends.currentReason());
  }

  private static void wrap(Subject subject) throws InterruptedException {
    String[] seen = new String[3];
    Runnable action = Backends.wrap(() -> seen[1] = Backends.current().name());
    String other = Checks.other(subject).orElse(subject.backend());
    Thread thread =
        new Thread(
            () -> {
              try (BackendScope scope = Backends.use(other)) {
                seen[0] = Backends.current().name();
                action.run();
                seen[2] = Backends.current().name();
              }
            },
            "conformance-wrap");
    thread.start();
    thread.join();
    String[] expected = {other, subject.backend(), other};
    Checks.isTrue(
        List.of(expected).equals(java.util.Arrays.asList(seen)),
        "current backend before, in and after a wrapped action: expected %s, got %s",
        List.of(expected),
        java.util.Arrays.asList(seen));
  }

  /** Returns how many transfers the action makes. */
  private static long transfersIn(Runnable action) {
    long before = Backends.transfers();
    action.run();
    return Backends.transfers() - before;
  }

  private static void transfers(Subject subject) throws InterruptedException {
    Optional<String> other = Checks.other(subject);
    for (DType dtype : DType.values()) {
      double[] values = {
        Double.NaN, Double.NEGATIVE_INFINITY, -0.0, dtype.round(0.1), Naive.smallest(dtype)
      };
      long[] shape = {values.length};
      try (Tensor x = Checks.tensor(dtype, values, shape)) {
        long own = transfersIn(() -> compute(x));
        Checks.isTrue(own == 0, "%s made %d transfers of its own tensor", subject.backend(), own);
      }
      if (other.isPresent()) {
        try (Tensor x = elsewhere(other.get(), dtype, values)) {
          long brought = transfersIn(() -> compute(x));
          Checks.isTrue(brought == 1, "expected one transfer of one tensor, got %d", brought);
          try (Tensor moved = Ops.concat(0, x)) {
            Checks.same("brought over", dtype, shape, values, moved);
          }
        }
        try (Tensor x = elsewhere(other.get(), dtype, values)) {
          long asked = transfersIn(() -> x.prefetch(subject.backend()));
          long then = transfersIn(() -> compute(x));
          Checks.isTrue(
              asked == 1 && then == 0, "prefetch made %d transfers, its use %d", asked, then);
        }
      }
    }
  }

  private static Tensor elsewhere(String backend, DType dtype, double... values) {
    try (BackendScope scope = Backends.use(backend)) {
      return Checks.tensor(dtype, values, values.length);
    }
  }

  private static void compute(Tensor x) {
    Ops.add(x, 1).close();
    Ops.sum(x).close();
    Activations.gelu(x).close();
    Ops.reshape(x, -1, 1).close();
  }

  private static void swapping(Subject subject) throws InterruptedException {
    List<String> names =
        Checks.other(subject)
            .map(other -> List.of(subject.backend(), other))
            .orElse(List.of(subject.backend()));
    long[] shape = {64, 64};
    double[] values = Naive.count(4096, -2048, 1);
    double[] squares = java.util.Arrays.stream(values).map(v -> v < 0 ? -0.0 : v * v).toArray();
    try (Tensor shared = Tensor.of(values, shape)) {
      Threads.run(
          4,
          thread -> {
            for (int i = 0; i < 100; i++) {
              String name = names.get((i + thread) % names.size());
              try (BackendScope scope = Backends.use(name);
                  Tensor positive = Activations.relu(shared);
                  Tensor result = Ops.mul(positive, shared);
                  Tensor total = Ops.sum(result)) {
                isCurrent(name);
                Checks.same("relu(x) x on " + name, DType.FLOAT64, shape, squares, result);
                double[] sum = {java.util.Arrays.stream(squares).sum()};
                Checks.same("sum on " + name, DType.FLOAT64, new long[0], sum, total);
              }
            }
          });
    }
  }
}
