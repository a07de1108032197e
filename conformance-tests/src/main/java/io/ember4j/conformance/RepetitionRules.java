package io.ember4j.conformance;

import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** PR-3, PR-4 and PR-7: computing changes no operand, and computing again gives the same bits. */
final class RepetitionRules {
  /** A length that no other rule sums over. */
  static final int LENGTH = 3001;

  private static final int THREADS = 8;

  private RepetitionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "PR-3.inputs-untouched",
            "Computing leaves its operands as they were.",
            "results written into an operand's buffer; recycled buffers",
            subject -> inputsUntouched()),
        new Rule(
            "PR-4.deterministic",
            "The same call on the same operand gives the same bits each time.",
            "sums whose order depends on time or address; uninitialised memory",
            subject -> deterministic()),
        new Rule(
            "PR-7.threads",
            "Threads that compute at the same time get the bits that one thread gets alone.",
            "state that calls share: scratch buffers, caches, the library's own threads",
            subject -> threads()));
  }

  /** Functions of one tensor of rank 1. */
  private static Map<String, UnaryOperator<Tensor>> functions() {
    Map<String, UnaryOperator<Tensor>> functions = new LinkedHashMap<>();
    ActivationCase.examples().forEach(a -> functions.put(a.toString(), a::apply));
    functions.put("sum", x -> Ops.sum(x));
    functions.put("max", x -> Ops.max(x));
    functions.put("softmax", x -> Activations.softmax(x, -1));
    functions.put("log_softmax", x -> Activations.logSoftmax(x, -1));
    functions.put("matmul", x -> Ops.matmul(x, x));
    functions.put("x + x", x -> Ops.add(x, x));
    functions.put("x - (x - 1)", x -> Ops.sub(x, Ops.sub(x, 1)));
    return functions;
  }

  private static void inputsUntouched() {
    for (DType dtype : DType.values()) {
      double[] values = Data.spread(dtype, 67, -4, 4, 51);
      functions()
          .forEach(
              (name, function) -> {
                Tensor x = Data.tensor(dtype, values);
                function.apply(x).toDoubleArray();
                compare(name + " changed its operand;", dtype, values, values, x);
              });
    }
  }

  private static void deterministic() {
    for (DType dtype : DType.values()) {
      double[] values = Data.spread(dtype, LENGTH, -4, 4, 52);
      Tensor x = Data.tensor(dtype, values);
      functions()
          .forEach(
              (name, function) -> {
                double[] first = function.apply(x).toDoubleArray();
                for (int run = 0; run < 2; run++) {
                  compare(name + ", again;", dtype, values, first, function.apply(x));
                }
              });
    }
  }

  private static void threads() throws InterruptedException {
    for (DType dtype : DType.values()) {
      double[] values = Data.spread(dtype, 1000, -4, 4, 53);
      Tensor x = Data.tensor(dtype, values);
      Map<String, UnaryOperator<Tensor>> functions = functions();
      Map<String, double[]> alone = new LinkedHashMap<>();
      functions.forEach((name, function) -> alone.put(name, function.apply(x).toDoubleArray()));
      List<Throwable> failures = new ArrayList<>();
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Runnable work =
            Backends.wrap(
                () ->
                    functions.forEach(
                        (name, function) ->
                            compare(
                                name + " beside other threads;",
                                dtype,
                                values,
                                alone.get(name),
                                function.apply(x))));
        Thread thread = new Thread(() -> runAfter(start, work, failures), "conformance-" + i);
        threads.add(thread);
        thread.start();
      }
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      if (!failures.isEmpty()) {
        Throwable first = failures.get(0);
        throw first instanceof RuleViolation violation
            ? violation
            : new RuleViolation("a thread failed: " + first);
      }
    }
  }

  private static void runAfter(CountDownLatch start, Runnable work, List<Throwable> failures) {
    try {
      start.await();
      work.run();
    } catch (InterruptedException | RuntimeException | AssertionError | LinkageError e) {
      synchronized (failures) {
        failures.add(e);
      }
    }
  }

  private static void compare(
      String what, DType dtype, double[] x, double[] expected, Tensor result) {
    double[] actual = result.toDoubleArray();
    Findings findings = new Findings(what, dtype, expected.length);
    findings.checkSize(actual.length);
    for (int i = 0; i < expected.length; i++) {
      findings.same(i, Ulp.show(x[i], dtype), expected[i], actual[i]);
    }
    findings.check();
  }
}
