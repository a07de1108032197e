package io.ember4j.activation;

import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;

/** A row of the table of activations: everything there is to know about one of them. */
final class Definition {
  static final DoublePredicate FINITE = Double::isFinite;

  private final String name;
  private final List<String> aliases;
  private final List<ParameterSpec> parameters;
  private final boolean inPlace;
  private final Documentation documentation;
  private final Map<String, Object> example;
  private final Consumer<Settings> checkTogether;
  private final Forward forward;

  private Definition(Row row, Forward forward) {
    this.name = row.name;
    this.aliases = List.copyOf(row.aliases);
    this.parameters = List.copyOf(row.parameters);
    this.inPlace = row.inPlace;
    this.documentation = row.documentation;
    this.example = Map.copyOf(row.example);
    this.checkTogether = row.checkTogether;
    this.forward = forward;
  }

  String name() {
    return name;
  }

  List<String> aliases() {
    return aliases;
  }

  List<ParameterSpec> parameters() {
    return parameters;
  }

  boolean inPlace() {
    return inPlace;
  }

  Documentation documentation() {
    return documentation;
  }

  /** Parameters for showing and testing the activation: only those without a default. */
  Map<String, Object> example() {
    return example;
  }

  Forward forward() {
    return forward;
  }

  void checkTogether(Settings settings) {
    checkTogether.accept(settings);
  }

  static Row row(String name) {
    return new Row(name);
  }

  /** Collects a row. */
  static final class Row {
    private final String name;
    private final List<String> aliases = new ArrayList<>();
    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final Map<String, Object> example = new LinkedHashMap<>();
    private Documentation documentation = new Documentation("", "", "", "");
    private Consumer<Settings> checkTogether = settings -> {};
    private boolean inPlace;
    private BiFunction<Expr, Parameters, Expr> derivative;
    private BinaryOperator<Expr> backward;

    private Row(String name) {
      this.name = name;
    }

    Row alias(String... names) {
      aliases.addAll(List.of(names));
      return this;
    }

    Row number(String parameter, double defaultValue) {
      return number(parameter, defaultValue, FINITE, "a finite number");
    }

    Row number(String parameter, double defaultValue, DoublePredicate valid, String range) {
      return parameter(ParameterSpec.number(parameter, defaultValue, valid, range));
    }

    Row parameter(ParameterSpec spec) {
      parameters.add(spec);
      return this;
    }

    Row example(String parameter, Object value) {
      example.put(parameter, value);
      return this;
    }

    Row check(Consumer<Settings> together) {
      checkTogether = together;
      return this;
    }

    Row inPlace() {
      inPlace = true;
      return this;
    }

    /** Gives the derivative by hand, an expression of x and the parameters. */
    Row derivative(BiFunction<Expr, Parameters, Expr> byHand) {
      derivative = byHand;
      return this;
    }

    /** Gives the gradient by hand, an expression of x and upstream; for rows without parameters. */
    Row backward(BinaryOperator<Expr> byHand) {
      backward = byHand;
      return this;
    }

    Row documented(String formula, String range, String gradientAtZero, String use) {
      documentation = new Documentation(formula, range, gradientAtZero, use);
      return this;
    }

    /**
     * Ends a row whose body is an expression of x and the parameters, which are all numbers. Where
     * no derivative was given, it is derived.
     */
    Definition body(BiFunction<Expr, Parameters, Expr> body) {
      List<String> arguments = new ArrayList<>(List.of("x"));
      Map<String, Expr> inputs = new LinkedHashMap<>();
      for (ParameterSpec parameter : parameters) {
        inputs.put(parameter.name(), Expr.input(arguments.size()));
        arguments.add(parameter.name());
      }
      Expr x = Expr.input(0);
      Parameters given = new Parameters(name, inputs);
      NamedFunction function = NamedFunction.of(name, arguments, body.apply(x, given));
      if (derivative != null) {
        function = function.withDerivatives(derivative.apply(x, given));
      }
      if (backward != null) {
        function = function.withBackward(backward.apply(x, Expr.input(arguments.size())));
      }
      return function(function);
    }

    /** Ends a row that is a function of x and the parameters, in order, which are all numbers. */
    Definition function(NamedFunction function) {
      return forward(
          (Forward.Elementwise)
              settings -> {
                Expr[] values = new Expr[function.arity()];
                values[0] = Expr.input(0);
                for (int i = 1; i < values.length; i++) {
                  values[i] = Expr.constant(settings.number(function.arguments().get(i)));
                }
                return function.apply(values);
              });
    }

    Definition forward(Forward forward) {
      return new Definition(this, forward);
    }
  }
}
