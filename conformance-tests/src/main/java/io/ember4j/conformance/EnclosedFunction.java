package io.ember4j.conformance;

import static java.util.Map.entry;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of one number, as interval arithmetic takes it: monotone but for the places where it
 * turns, and off by no more than its bound.
 *
 * @param code what to write for it in Java, with % for the argument
 * @param table the name of its bound
 * @param reference the function in double precision, within {@link #REFERENCE_ULPS}
 * @param domain the smallest number where it is defined
 * @param turns where it has a minimum, a maximum, or jumps
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EnclosedFunction(
    String code, String table, DoubleUnaryOperator reference, double domain, double[] turns) {
  /** How far the references may be off, in ULP of float64; a test holds them to it. */
  static final double REFERENCE_ULPS = 4;

  private static final Expr X = Expr.input(0);

  /** The extrema are to 16 digits, by mpmath; 20 is where softplus becomes linear. */
  private static final Map<String, double[]> TURNS =
      Map.ofEntries(
          entry("gelu", new double[] {-0.7517915246935645}),
          entry("gelu_tanh", new double[] {-0.7524614220710163}),
          entry("gelu_sigmoid", new double[] {-0.751154255441289}),
          entry("silu", new double[] {-1.2784645427610737}),
          entry("mish", new double[] {-1.1924312145154952}),
          entry("hardswish", new double[] {-1.5}),
          entry("softplus", new double[] {20, Math.nextUp(20.0)}),
          entry("erf_derivative", new double[] {0}),
          entry("normal_pdf", new double[] {0}),
          entry("sigmoid_derivative", new double[] {0}),
          entry("tanh_derivative", new double[] {0}));

  /** Functions with a parameter that depends on the dtype are not among them. */
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "relu",
          "relu6",
          "elu",
          "celu",
          "selu",
          "gelu",
          "gelu_tanh",
          "gelu_sigmoid",
          "silu",
          "mish",
          "log_sigmoid",
          "hardtanh",
          "hardsigmoid",
          "hardswish",
          "softshrink",
          "hardshrink",
          "tanhshrink",
          "softplus",
          "softsign");

  /** By what it is of input 0; sqrt and abs, which are exact, are not among them. */
  static final Map<Expr, EnclosedFunction> ALL = all();

  private static Map<Expr, EnclosedFunction> all() {
    Map<Expr, EnclosedFunction> all = new LinkedHashMap<>();
    all.put(X.exp(), of("%.exp()", "exp", "exp"));
    all.put(X.log(), of("%.log()", "log", "log"));
    all.put(X.tanh(), of("%.tanh()", "tanh", "tanh"));
    for (NamedFunction f : Functions.ALL) {
      String table = f == Functions.LOG1PEXP ? "softplus" : f.name();
      all.put(f.apply(X), of("%." + f.name() + "()", f.name(), table));
    }
    all.put(Functions.ERF_DERIVATIVE.apply(X), derivative("ERF_DERIVATIVE", "erf"));
    all.put(Functions.NORMAL_PDF.apply(X), derivative("NORMAL_PDF", "ndtr"));
    all.put(Functions.SIGMOID_DERIVATIVE.apply(X), derivative("SIGMOID_DERIVATIVE", "sigmoid"));
    all.put(Functions.TANH_DERIVATIVE.apply(X), derivative("TANH_DERIVATIVE", "tanh"));
    for (ActivationCase activation : ActivationCase.ELEMENTWISE) {
      if (ACTIVATIONS.contains(activation.name())) {
        Expr expression = activation.example().expression().orElseThrow();
        all.putIfAbsent(
            expression, of(code(activation), activation.name(), activation.tables().get(0)));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** Returns the function that a node applies to its first argument, if it is one of them. */
  static Optional<EnclosedFunction> find(Expr.Apply node) {
    Expr[] arguments = node.arguments().toArray(Expr[]::new);
    arguments[0] = X;
    return Optional.ofNullable(ALL.get(Expr.apply(node.operation(), arguments)));
  }

  private static EnclosedFunction of(String code, String name, String table) {
    SweepReference reference = SweepReference.ALL.get(name);
    double domain =
        name.equals("log") || name.equals("log1p") ? reference.domain() : Double.NEGATIVE_INFINITY;
    return new EnclosedFunction(code, table, reference.value(), domain, turns(name));
  }

  private static EnclosedFunction derivative(String constant, String of) {
    return new EnclosedFunction(
        "Functions." + constant + ".apply(%)",
        of + GradientCase.SUFFIX,
        SweepReference.ALL.get(of).gradient(),
        Double.NEGATIVE_INFINITY,
        turns(constant.toLowerCase(Locale.ROOT)));
  }

  private static double[] turns(String name) {
    return TURNS.getOrDefault(name, new double[0]);
  }

  private static String code(ActivationCase activation) {
    String parameters =
        activation.name().equals(activation.activation())
            ? ""
            : ", Map.of(\"approximate\", \"" + activation.name().substring(5) + "\")";
    return "Activations.get(\""
        + activation.activation()
        + "\""
        + parameters
        + ").expression().get().substitute(%)";
  }

  /**
   * Returns what a function that keeps the bound may give for the numbers.
   *
   * @param ulps the bound
   */
  Interval apply(Interval x, double ulps, DType dtype) {
    if (x.isEmpty() || x.high() < domain) {
      return Interval.of(Double.NaN);
    }
    double from = Math.max(x.low(), domain);
    boolean isPoint = from == x.high();
    Interval result = at(from, ulps, dtype, isPoint);
    if (!isPoint) {
      result = result.union(at(x.high(), ulps, dtype, false));
      for (double turn : turns) {
        if (turn > from && turn < x.high()) {
          result = result.union(at(turn, ulps, dtype, false));
        }
      }
    }
    return new Interval(result.low(), result.high(), x.nan() || x.low() < domain);
  }

  /**
   * Between two ends there may be results in the next binade, where the bound is twice as wide; it
   * reaches less than the bound beyond this end, as the results themselves move away.
   */
  private Interval at(double x, double ulps, DType dtype, boolean isPoint) {
    double y = reference.applyAsDouble(x);
    double largest = Ulp.largest(dtype);
    double size = Math.min(Math.abs(y), largest);
    double slack = REFERENCE_ULPS * Math.ulp(size);
    double spacing = Ulp.spacing(dtype.round(size + slack), dtype);
    double reach = ulps * spacing * (isPoint ? 1 : 2) + slack;
    // Beyond the largest number, that number may be within the bound.
    return Interval.of(
        Math.nextDown(Math.min(y, largest) - reach), Math.nextUp(Math.max(y, -largest) + reach));
  }
}
