package io.ember4j.nn;

import io.ember4j.ParameterException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The shapes that the weights of a config's built-in layers will have, read without making them.
 *
 * <p>What a file says can be of any size: it is compared with the weights there are before memory
 * is taken for it. Layers of a user's own are not known here, nor what is inside of them.
 */
final class DeclaredShapes {
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

  private DeclaredShapes() {}

  /**
   * Returns the shapes by the name of the parameter, such as {@code 0.weight}.
   *
   * @throws ParameterException if an extent is missing or no integer
   */
  static Map<String, List<Long>> of(Map<String, ?> config) {
    DeclaredShapes declared = new DeclaredShapes();
    declared.add("", config);
    return declared.shapes;
  }

  private void add(String prefix, Map<String, ?> values) {
    if (!(values.get("layer") instanceof String type)) {
      return;
    }
    Config config = new Config(type, values);
    switch (type) {
      case "Dense" -> put(prefix, config.integer("out_features"), config.integer("in_features"));
      case "PReLU" -> put(prefix, config.integer("num_parameters", 1));
      case "Sequential" -> {
        List<Map<String, ?>> layers = config.layers("layers");
        for (int i = 0; i < layers.size(); i++) {
          add(prefix + i + ".", layers.get(i));
        }
      }
      default -> {}
    }
  }

  /** An extent below 1 is for the layer to refuse. */
  private void put(String prefix, Long... extents) {
    if (Stream.of(extents).allMatch(extent -> extent >= 1)) {
      shapes.put(prefix + "weight", List.of(extents));
    }
  }
}
