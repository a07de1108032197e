package io.ember4j.conformance;

import io.ember4j.BackendFeatures;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Lowering;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** CA: a backend does beyond the required floor what it declares, and nothing else. */
final class CapabilityRules {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);

  /** Expressions of primitives alone, so that fused and one by one must agree to the bit. */
  private static final List<Expr> PLAIN =
      List.of(
          X.times(2).plus(1),
          X.minus(Y).times(X.plus(Y)).dividedBy(Y.times(Y).plus(1)),
          Expr.where(X.lt(Y), X.abs().sqrt(), Y.max(0).min(X.times(X))),
          X.times(X).plus(Y.times(Y)).sqrt().minus(Y),
          Expr.where(X.eq(Y).plus(X.le(0)), Y, X.times(0.1).plus(Y.times(0.3))));

  private CapabilityRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "CA-1.softmax",
            "supportsSoftmax says yes for the dtypes declared, and for no other.",
            "the lines \"capability softmax\" of the profile",
            subject -> agree(subject, Capability.Kind.SOFTMAX, BackendFeatures::supportsSoftmax)),
        new Rule(
            "CA-2.native",
            "supports says yes for the functions declared, and for no other of the api.",
            "the lines \"capability native\" of the profile",
            CapabilityRules::natives),
        new Rule(
            "CA-3.fusion",
            "fuses says yes for expressions of primitives in the dtypes declared, and in no"
                + " other.",
            "the lines \"capability fusion\" of the profile",
            subject ->
                agree(
                    subject,
                    Capability.Kind.FUSION,
                    (features, dtype) -> one(PLAIN, e -> features.fuses(e, dtype)))),
        new Rule(
            "CA-4.epilogue",
            "fusesEpilogue says yes for expressions of primitives in the dtypes declared, and in"
                + " no other.",
            "the lines \"capability epilogue\" of the profile",
            subject ->
                agree(
                    subject,
                    Capability.Kind.EPILOGUE,
                    (features, dtype) -> one(PLAIN, e -> features.fusesEpilogue(e, dtype)))),
        new Rule(
            "CA-5.fusion-same-bits",
            "An expression of exact primitives has the same bits fused and one by one.",
            "a multiplication and addition contracted to an FMA; a division by a constant made a"
                + " multiplication",
            CapabilityRules::sameBits),
        new Rule(
            "CA-6.declared-bounds",
            "A declared bound is used, and no more than four times what is measured where it is"
                + " wider than the specification's.",
            "the lines \"bound\" of the profile: tighten or remove them",
            CapabilityRules::bounds),
        new Rule(
            "CA-7.slices",
            "readsSlices says yes for the dtypes declared, and for no other.",
            "the lines \"capability slices\" of the profile",
            subject -> agree(subject, Capability.Kind.SLICES, BackendFeatures::readsSlices)));
  }

  private interface Answer {
    boolean of(BackendFeatures features, DType dtype);
  }

  private interface Question {
    boolean of(Expr expression);
  }

  /** Returns the one answer to all expressions. */
  private static boolean one(List<Expr> expressions, Question question) {
    boolean first = question.of(expressions.get(0));
    for (Expr expression : expressions) {
      if (question.of(expression) != first) {
        throw new RuleViolation(
            "the answer is " + first + " for " + expressions.get(0) + " but not for " + expression);
      }
    }
    return first;
  }

  private static void agree(Subject subject, Capability.Kind kind, Answer answer) {
    BackendFeatures features = Backends.features(subject.backend());
    for (DType dtype : DType.values()) {
      boolean declared = subject.profile().capabilities().contains(Capability.of(kind, dtype));
      if (answer.of(features, dtype) != declared) {
        throw different(kind.name().toLowerCase(java.util.Locale.ROOT) + " " + dtype, declared);
      }
    }
  }

  private static RuleViolation different(String what, boolean declared) {
    return new RuleViolation(
        declared
            ? "the profile declares \"capability " + what + "\", but the backend says no"
            : "the backend says yes, but the profile does not declare \"capability " + what + "\"");
  }

  private static void natives(Subject subject) {
    BackendFeatures features = Backends.features(subject.backend());
    Map<String, NamedFunction> functions = functions();
    List<String> wrong = new ArrayList<>();
    for (Capability capability : subject.profile().capabilities()) {
      if (capability.kind() == Capability.Kind.NATIVE
          && !capability.function().equals("*")
          && !functions.containsKey(capability.function())) {
        wrong.add(
            "\"" + capability.function() + "\" is not a function; known are " + functions.keySet());
      }
    }
    for (DType dtype : DType.values()) {
      boolean all = declares(subject, "*", dtype);
      functions.forEach(
          (name, function) -> {
            boolean declared = all || declares(subject, name, dtype);
            if (features.supports(function, dtype) != declared) {
              wrong.add(different("native " + name + " " + dtype, declared).getMessage());
            }
          });
    }
    if (!wrong.isEmpty()) {
      throw new RuleViolation(String.join("\n  ", wrong));
    }
  }

  private static boolean declares(Subject subject, String function, DType dtype) {
    return subject
        .profile()
        .capabilities()
        .contains(new Capability(Capability.Kind.NATIVE, function, dtype));
  }

  /** Returns the api's functions, those of the activations, and the gradients, by name. */
  static Map<String, NamedFunction> functions() {
    Map<String, NamedFunction> functions = new TreeMap<>();
    Functions.ALL.forEach(f -> add(functions, f));
    ActivationCase.examples()
        .flatMap(a -> a.expression().stream())
        .flatMap(CapabilityRules::functionsIn)
        .forEach(f -> add(functions, f));
    return functions;
  }

  /** Adds a function with its gradient, and what that is made of. */
  private static void add(Map<String, NamedFunction> functions, NamedFunction function) {
    NamedFunction backward = function.backward(0);
    functions.put(function.name(), function);
    functions.put(backward.name(), backward);
    functionsIn(backward.body().orElseThrow()).forEach(f -> functions.put(f.name(), f));
  }

  private static Stream<NamedFunction> functionsIn(Expr expression) {
    return expression.nodes().stream()
        .filter(Expr.Apply.class::isInstance)
        .map(node -> ((Expr.Apply) node).operation())
        .filter(NamedFunction.class::isInstance)
        .map(NamedFunction.class::cast);
  }

  private static void sameBits(Subject subject) {
    for (DType dtype : DType.values()) {
      double[] a = Data.spread(dtype, 1000, -4, 4, 81);
      double[] b = Data.spread(dtype, 1000, -4, 4, 82);
      Tensor x = Data.tensor(dtype, a);
      Tensor y = Data.tensor(dtype, b);
      for (Expr expression : PLAIN) {
        double[] actual = Ops.evaluate(expression, x, y).toDoubleArray();
        double[] expected;
        try (BackendScope scope = Backends.use(subject.backend(), Lowering.COMPOSED)) {
          expected = Ops.evaluate(expression, x, y).toDoubleArray();
        }
        Findings findings = new Findings(expression.toString(), dtype, 1000);
        for (int i = 0; i < 1000; i++) {
          findings.same(
              i, Ulp.show(a[i], dtype) + " and " + Ulp.show(b[i], dtype), expected[i], actual[i]);
        }
        findings.check();
      }
    }
  }

  private static void bounds(Subject subject) {
    List<String> wrong = new ArrayList<>();
    for (DeclaredBound bound : subject.profile().bounds()) {
      String what = "bound " + bound.function() + " " + bound.dtype() + " " + bound.ulp();
      OptionalDouble worst = subject.worst(bound.function(), bound.dtype());
      if (worst.isEmpty()) {
        wrong.add(what + " is declared, but nothing is measured by it; remove it");
      } else if (bound.ulp() > Bounds.of(bound.function(), bound.dtype())
          && bound.ulp() >= 4 * worst.getAsDouble()) {
        wrong.add(
            what
                + " is declared, but only "
                + Findings.ulps(worst.getAsDouble())
                + " ULP are measured; tighten it");
      }
    }
    if (!wrong.isEmpty()) {
      throw new RuleViolation(String.join("\n  ", wrong));
    }
  }
}
