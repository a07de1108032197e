package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.Layer;
import io.ember4j.nn.Layers;
import io.ember4j.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * NN: layers, which are their functions with parameters. {@link LayerTable} lists them, {@link
 * DenseRules} has Dense.
 */
final class LayerRules {
  private LayerRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "NN-1.functional",
            "Every activation layer, its functional form and the activation by name give the same"
                + " bits, in place too.",
            "checked by the api: nothing a backend does should change it, unless calls differ",
            subject -> functional()),
        new Rule(
            "NN-2.config",
            "Every layer made again from its config has the same config and, with the same"
                + " parameters, gives the same bits; so does every activation.",
            "checked by the api: nothing a backend does should change it, unless calls differ",
            subject -> config()),
        new Rule(
            "NN-5.sequential",
            "Sequential passes training on, names parameters by position, and closes what passes"
                + " between its own layers but nothing that a user's layer may keep.",
            "release returns memory that another tensor still holds",
            subject -> sequential()),
        new Rule(
            "NN-6.own-layer",
            "A user's layer that looks its activation up by name in forward works in Sequential and"
                + " round-trips through its config.",
            "checked by the api: nothing a backend does should change it",
            subject -> ownLayer()));
  }

  private static void functional() {
    for (LayerTable.Row row : LayerTable.ROWS) {
      for (DType dtype : DType.values()) {
        double[] values = Naive.random(dtype, 2 * 4 * 17 * 2, 8, 1);
        long[] shape = {2, 4, 17, 2};
        try (Tensor x = Checks.tensor(dtype, values, shape);
            Tensor expected = row.function().apply(x);
            Tensor layer = row.layer().get().forward(x);
            Tensor named = Activations.get(row.name(), row.parameters()).apply(x)) {
          double[] wanted = expected.toDoubleArray();
          long[] result = expected.shape().toArray();
          Checks.same(row.type(), dtype, result, wanted, layer);
          Checks.same(row.name() + " by name", dtype, result, wanted, named);
          if (row.inPlace() != null) {
            Tensor same = row.inPlace().get().forward(x);
            Checks.isTrue(same == x, "%s in place returned another tensor", row.type());
            Checks.same(row.type() + " in place", dtype, result, wanted, same);
          }
        }
      }
    }
  }

  private static void config() {
    List<Layer> layers = new ArrayList<>();
    for (LayerTable.Row row : LayerTable.ROWS) {
      layers.add(row.layer().get());
      if (row.inPlace() != null) {
        layers.add(row.inPlace().get());
      }
    }
    layers.forEach(layer -> config(layer, false));
    // What these draw repeats, as they have a seed.
    LayerTable.others().forEach(layer -> config(layer, true));
    config(new Sequential(LayerTable.others()), true);
    for (String name : Activations.names()) {
      Activation activation = Activations.get(name, Activations.exampleParameters(name));
      Map<String, Object> config = activation.config();
      Map<String, Object> again = Activations.get(activation.name(), config).config();
      Checks.isTrue(config.equals(again), "%s: expected %s, got %s", name, config, again);
    }
  }

  private static void config(Layer layer, boolean training) {
    Map<String, Object> config = layer.config();
    Layer again = Layers.fromConfig(config);
    String type = layer.getClass().getSimpleName();
    Checks.isTrue(
        again.getClass() == layer.getClass() && again.config().equals(config),
        "%s from its config: expected %s, got %s",
        type,
        config,
        again.config());
    Checks.isTrue(
        layer.parameters().keySet().equals(again.parameters().keySet()),
        "%s from its config: expected the parameters %s, got %s",
        type,
        layer.parameters().keySet(),
        again.parameters().keySet());
    layer.parameters().forEach((name, p) -> again.parameters().get(name).set(p.value()));
    double[] values = Naive.count(128, -5, 0.1);
    try (Tensor x = Checks.tensor(DType.FLOAT32, values, 2, 4, 4, 4);
        Tensor y = Checks.tensor(DType.FLOAT32, values, 2, 4, 4, 4);
        Tensor expected = layer.forward(x, training);
        Tensor actual = again.forward(y, training)) {
      long[] shape = expected.shape().toArray();
      double[] wanted = expected.toDoubleArray();
      Checks.same(type + " from its config", expected.dtype(), shape, wanted, actual);
    }
  }

  /** A user's layer that keeps what it saw and what it returned. */
  private static final class Keeping implements Layer {
    private Tensor seen;
    private Tensor returned;
    private boolean trained;

    @Override
    public Tensor forward(Tensor x, boolean training) {
      seen = x;
      trained = training;
      returned = Ops.mul(x, 2);
      return returned;
    }
  }

  private static void sequential() {
    for (boolean nested : new boolean[] {false, true}) {
      Keeping keeping = new Keeping();
      Layer middle = nested ? new Sequential(keeping) : keeping;
      Layer first = Layers.fromConfig(Map.of("layer", "ReLU"));
      Layer last = Layers.fromConfig(Map.of("layer", "Hardswish"));
      Sequential net = new Sequential(first, middle, last);
      try (Tensor x = Tensor.of(new float[] {-4, 4})) {
        double[] expected = {0, 8};
        long[] shape = {2};
        try (Tensor y = net.forward(x, true)) {
          Checks.isTrue(keeping.trained, "Sequential did not pass training on");
          Checks.same("Sequential", DType.FLOAT32, shape, expected, y);
        }
        net.forward(x).close();
        Checks.isTrue(!keeping.trained, "Sequential trains in forward(x)");
        Checks.same("what a layer saw", DType.FLOAT32, shape, new double[] {0, 4}, keeping.seen);
        Checks.same("what a layer gave", DType.FLOAT32, shape, expected, keeping.returned);
        Checks.same("its input", DType.FLOAT32, shape, new double[] {-4, 4}, x);
      }
    }
    Sequential net =
        new Sequential(new Dense(3, 4), new Sequential(new Dropout(0.5), new Dense(4, 2)));
    List<String> names = List.copyOf(net.parameters().keySet());
    List<String> expected = List.of("0.weight", "0.bias", "1.1.weight", "1.1.bias");
    Checks.isTrue(names.equals(expected), "parameters: expected %s, got %s", expected, names);
    try (Tensor x = Tensor.ones(1, 3);
        Tensor y = new Sequential().forward(x)) {
      Checks.same("empty Sequential", DType.FLOAT32, new long[] {1, 3}, new double[] {1, 1, 1}, y);
    }
  }

  /** A user's layer that finds its activation when it runs. */
  private record Lookup(String activation) implements Layer {
    private static final String TYPE = "ConformanceLookup";

    @Override
    public Tensor forward(Tensor x, boolean training) {
      try (Tensor doubled = x.times(2)) {
        return Activations.get(activation).apply(doubled, training);
      }
    }

    @Override
    public Map<String, Object> config() {
      return Map.of("layer", TYPE, "activation", activation);
    }
  }

  private static void ownLayer() {
    try {
      Layers.register(Lookup.TYPE, settings -> new Lookup((String) settings.get("activation")));
    } catch (io.ember4j.ParameterException e) {
      // An earlier run in this process has registered it.
    }
    Expr silu = Activations.get("swish").expression().orElseThrow();
    for (DType dtype : DType.values()) {
      Sequential net = new Sequential(new Lookup("swish"), new Lookup("relu"));
      Layer again = Layers.fromConfig(net.config());
      try (Tensor x = Checks.tensor(dtype, Naive.count(17, -4, 0.5), 17);
          Tensor doubled = Ops.mul(x, 2);
          Tensor gated = Ops.evaluate(silu, doubled);
          Tensor twice = Ops.mul(gated, 2);
          Tensor expected = Activations.relu(twice);
          Tensor actual = again.forward(x)) {
        Checks.same("a user's layers", dtype, new long[] {17}, expected.toDoubleArray(), actual);
      }
    }
  }
}
