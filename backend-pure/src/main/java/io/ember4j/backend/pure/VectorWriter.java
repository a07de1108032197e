package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes instructions for a vector of elements, as calls of {@code jdk.incubator.vector}, which are
 * one machine instruction each once the loop is compiled.
 */
final class VectorWriter implements InstructionWriter {
  private static final String PACKAGE = "jdk/incubator/vector/";
  private static final String VECTOR = "L" + PACKAGE + "Vector;";
  private static final String MASK = PACKAGE + "VectorMask";
  private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
  private static final String OPERATORS = PACKAGE + "VectorOperators";
  private static final String BINARY = "L" + OPERATORS + "$Binary;";
  private static final String COMPARISON = "L" + OPERATORS + "$Comparison;";

  /** Null without SIMD, where nothing asks for a writer. */
  private static final Lanes WIDTHS = Simd.find(Lanes.class, "VectorLanes").orElse(null);

  private final boolean isFloat;
  private final int width;

  /** The classes of vectors of numbers and of integers as wide. */
  private final String real;

  private final String integer;

  /** The types of an element. */
  private final String realElement;

  private final String integerElement;

  private VectorWriter(DType dtype, int width) {
    this.isFloat = dtype == DType.FLOAT32;
    this.width = width;
    this.real = PACKAGE + (isFloat ? "FloatVector" : "DoubleVector");
    this.integer = PACKAGE + (isFloat ? "IntVector" : "LongVector");
    this.realElement = isFloat ? "F" : "D";
    this.integerElement = isFloat ? "I" : "J";
  }

  /** Returns the writer for the widest vectors of this JVM, which has SIMD. */
  static VectorWriter preferred(DType dtype) {
    return new VectorWriter(dtype, dtype == DType.FLOAT32 ? WIDTHS.floats() : WIDTHS.doubles());
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String variable(Op.Kind kind) {
    return type(kind);
  }

  private String type(Op.Kind kind) {
    return switch (kind) {
      case REAL -> real;
      case BITS -> integer;
      case MASK -> MASK;
    };
  }

  @Override
  public void pushElements(Bytecode code, int array, Consumer<Bytecode> pushPlace) {
    pushSpecies(code, real);
    code.loadReference(array);
    pushPlace.accept(code);
    code.invokeStatic(real, "fromArray", "(" + SPECIES + "[" + realElement + "I)L" + real + ";");
  }

  @Override
  public void pushNumber(Bytecode code, int number) {
    pushSpecies(code, real);
    code.load(realElement, number);
    code.invokeStatic(real, "broadcast", "(" + SPECIES + realElement + ")L" + real + ";");
  }

  @Override
  public void pushConstant(Bytecode code, Value constant) {
    boolean number = constant.isConstant();
    String type = number ? real : integer;
    String element = number ? realElement : integerElement;
    pushSpecies(code, type);
    if (number && isFloat) {
      code.push((float) constant.number());
    } else if (number) {
      code.push(constant.number());
    } else if (isFloat) {
      code.push((int) constant.bits());
    } else {
      code.push(constant.bits());
    }
    code.invokeStatic(type, "broadcast", "(" + SPECIES + element + ")L" + type + ";");
  }

  @Override
  public void storeElements(Bytecode code, int value, int array, Consumer<Bytecode> pushPlace) {
    code.loadReference(value);
    code.loadReference(array);
    pushPlace.accept(code);
    code.invokeVirtual(real, "intoArray", "([" + realElement + "I)V");
  }

  private static void pushSpecies(Bytecode code, String type) {
    code.getStatic(type, "SPECIES_PREFERRED", SPECIES);
  }

  @Override
  public void pushResult(Bytecode code, Value value, Consumer<Value> push) {
    switch (value.op()) {
      case SELECT -> {
        // b.blend(a, mask) takes a where the mask is set.
        push.accept(value.argument(2));
        push.accept(value.argument(1));
        push.accept(value.argument(0));
        code.invokeVirtual(real, "blend", "(" + VECTOR + "L" + MASK + ";)L" + real + ";");
      }
      case LT, LE, EQ, NE -> {
        push.accept(value.argument(0));
        code.getStatic(OPERATORS, value.op().name(), COMPARISON);
        push.accept(value.argument(1));
        code.invokeVirtual(real, "compare", "(" + COMPARISON + VECTOR + ")L" + MASK + ";");
      }
      case BITS_XOR -> {
        push.accept(value.argument(0));
        code.getStatic(OPERATORS, "XOR", "L" + OPERATORS + "$Associative;");
        push.accept(value.argument(1));
        code.invokeVirtual(integer, "lanewise", "(" + BINARY + VECTOR + ")L" + integer + ";");
      }
      case SHIFT_LEFT -> shift(code, value, push, "LSHL");
      case SHIFT_RIGHT -> shift(code, value, push, "ASHR");
      case SHIFT_RIGHT_UNSIGNED -> shift(code, value, push, "LSHR");
      default -> {
        value.arguments().forEach(push);
        invoke(code, value);
      }
    }
  }

  @Override
  public void pushOperation(Bytecode code, Op op, int a, int b) {
    code.loadReference(a);
    code.loadReference(b);
    String name = op.name().toLowerCase(Locale.ROOT);
    code.invokeVirtual(real, name, "(" + VECTOR + ")L" + real + ";");
  }

  private void shift(Bytecode code, Value value, Consumer<Value> push, String operator) {
    push.accept(value.argument(0));
    code.getStatic(OPERATORS, operator, BINARY);
    if (isFloat) {
      code.push((int) value.bits());
    } else {
      code.push(value.bits());
    }
    code.invokeVirtual(integer, "lanewise", "(" + BINARY + integerElement + ")L" + integer + ";");
  }

  /** Invokes the method of the first argument, which is on the stack, with the others. */
  private void invoke(Bytecode code, Value value) {
    String name = value.op().name().toLowerCase(Locale.ROOT);
    switch (value.op()) {
      case ADD, SUB, MUL, DIV, MIN, MAX, FMA, SQRT, ABS, NEG ->
          code.invokeVirtual(real, name, method(value, VECTOR, real));
      case BITS_ADD, BITS_SUB, BITS_AND, BITS_OR ->
          code.invokeVirtual(
              integer, name.substring("bits_".length()), method(value, VECTOR, integer));
      case AND, OR -> code.invokeVirtual(MASK, name, method(value, "L" + MASK + ";", MASK));
      case TO_BITS ->
          code.invokeVirtual(
              real,
              isFloat ? "reinterpretAsInts" : "reinterpretAsLongs",
              method(value, VECTOR, integer));
      case FROM_BITS ->
          code.invokeVirtual(
              integer,
              isFloat ? "reinterpretAsFloats" : "reinterpretAsDoubles",
              method(value, VECTOR, real));
      default -> throw new IllegalArgumentException(value + " is no method call");
    }
  }

  private static String method(Value value, String argument, String result) {
    return "(" + argument.repeat(value.op().arity() - 1) + ")L" + result + ";";
  }
}
