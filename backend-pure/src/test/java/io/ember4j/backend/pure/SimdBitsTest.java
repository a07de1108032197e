package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.DType;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SIMD loops of every elementwise function have the bits of the scalar ones. */
class SimdBitsTest {
  /** A multiple of every vector's width. */
  private static final float[] SAMPLE = Arrays.copyOf(KernelRun.everyNth(20_011), 214_656);

  private static final float[] ONES = new float[SAMPLE.length];

  static {
    Arrays.fill(ONES, 1);
  }

  static Stream<Map.Entry<String, Expr>> functions() {
    Map<String, Expr> functions = new LinkedHashMap<>();
    for (String name : Activations.names()) {
      Map<String, Double> parameters =
          name.equals("threshold") ? Map.of("threshold", 0.1, "value", 20.0) : Map.of();
      Activation activation = Activations.get(name, parameters);
      activation.expression().ifPresent(e -> add(functions, name, e));
    }
    for (String form : new String[] {"tanh", "sigmoid"}) {
      Activation gelu = Activations.get("gelu", Map.of("approximate", form));
      add(functions, "gelu_" + form, gelu.expression().orElseThrow());
    }
    for (Primitive primitive : Primitive.values()) {
      if (primitive.arity() == 1) {
        add(functions, primitive.label(), Expr.apply(primitive, Expr.input(0)));
      }
    }
    for (NamedFunction function : Functions.ALL) {
      add(functions, function.name(), function.apply(Expr.input(0)));
    }
    return functions.entrySet().stream();
  }

  private static void add(Map<String, Expr> functions, String name, Expr expression) {
    functions.put(name, expression);
    functions.put(name + "'", expression.backward(0));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void simdHasTheBitsOfTheScalarLoop(Map.Entry<String, Expr> function) {
    assumeTrue(Simd.isAvailable());
    Program program = Compiler.compile(function.getValue(), 2, DType.FLOAT32, new Kernels());
    float[] scalar = run(program, new ScalarWriter(DType.FLOAT32));
    float[] vector = run(program, VectorWriter.preferred(DType.FLOAT32));
    for (int i = 0; i < SAMPLE.length; i++) {
      // All NaNs count as one, as everywhere.
      if (Float.floatToIntBits(scalar[i]) != Float.floatToIntBits(vector[i])) {
        assertEquals(scalar[i], vector[i], function.getKey() + " of " + SAMPLE[i]);
      }
    }
  }

  @Test
  void theSampleHasNumbersOfEverySizeAndBothSigns() {
    int[] exponents = new int[512];
    for (float x : SAMPLE) {
      exponents[Float.floatToRawIntBits(x) >>> 23]++;
    }
    assertTrue(Arrays.stream(exponents).allMatch(count -> count > 400));
  }

  /** Runs the program stage by stage over the whole sample. */
  private static float[] run(Program program, InstructionWriter writer) {
    float[][] places = new float[program.inputs() + program.registers()][];
    places[0] = SAMPLE;
    places[1] = ONES;
    float[] result = null;
    for (Program.Stage stage : program.stages()) {
      result =
          stage instanceof Program.Fused fused
              ? run(fused, places, writer)
              : run((Program.Routine) stage, places);
      if (stage != program.stages().get(program.stages().size() - 1)) {
        places[stage.target()] = result;
      }
    }
    return result;
  }

  /** A routine is no loop: it is here only because loops may follow. */
  private static float[] run(Program.Routine stage, float[]... places) {
    float[] result = new float[SAMPLE.length];
    stage.run(places[stage.arguments()[0]], 0, 1, result, 0, result.length);
    return result;
  }

  private static float[] run(Program.Fused stage, float[][] places, InstructionWriter writer) {
    int arguments = stage.arguments().length;
    Object[] operands = new Object[stage.kernel().operands()];
    int[] offsets = new int[operands.length];
    long spread = 0;
    for (int k = 0; k < operands.length; k++) {
      boolean isNumber = k >= arguments;
      operands[k] = isNumber ? stage.numbers() : places[stage.arguments()[k]];
      offsets[k] = isNumber ? k - arguments : 0;
      spread |= isNumber ? 1L << k : 0;
    }
    float[] result = new float[SAMPLE.length];
    LoopShape shape = stage.kernel().variant(spread).shape();
    LoopWriter.write(shape, writer).run(result, 0, operands, offsets, result.length);
    return result;
  }
}
