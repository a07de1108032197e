package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes instructions for one element at a time. */
final class ScalarWriter implements InstructionWriter {
  private static final String MATH = "java/lang/Math";
  private static final String SCALAR = Scalar.class.getName().replace('.', '/');

  private final boolean isFloat;

  /** The type of a number, and of an integer as wide. */
  private final String real;

  private final String integer;

  ScalarWriter(DType dtype) {
    this.isFloat = dtype == DType.FLOAT32;
    this.real = isFloat ? "F" : "D";
    this.integer = isFloat ? "I" : "J";
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public String variable(Op.Kind kind) {
    return switch (kind) {
      case REAL -> real;
      case BITS -> integer;
      case MASK -> "I";
    };
  }

  @Override
  public void pushElements(Bytecode code, int array, Consumer<Bytecode> pushPlace) {
    code.loadReference(array);
    pushPlace.accept(code);
    code.op(isFloat ? 0x30 : 0x31); // faload, daload
  }

  @Override
  public void pushNumber(Bytecode code, int number) {
    code.load(real, number);
  }

  @Override
  public void pushConstant(Bytecode code, Value constant) {
    if (constant.isConstant()) {
      if (isFloat) {
        code.push((float) constant.number());
      } else {
        code.push(constant.number());
      }
    } else if (isFloat) {
      code.push((int) constant.bits());
    } else {
      code.push(constant.bits());
    }
  }

  @Override
  public void storeElements(Bytecode code, int value, int array, Consumer<Bytecode> pushPlace) {
    code.loadReference(array);
    pushPlace.accept(code);
    code.load(real, value);
    code.op(isFloat ? 0x51 : 0x52); // fastore, dastore
  }

  @Override
  public void pushResult(Bytecode code, Value value, Consumer<Value> push) {
    value.arguments().forEach(push);
    pushResult(code, value.op(), (int) value.bits());
  }

  @Override
  public void pushOperation(Bytecode code, Op op, int a, int b) {
    code.load(real, a);
    code.load(real, b);
    pushResult(code, op, 0);
  }

  private void pushResult(Bytecode code, Op op, int places) {
    switch (op) {
      case ADD -> code.op(isFloat ? 0x62 : 0x63);
      case SUB -> code.op(isFloat ? 0x66 : 0x67);
      case MUL -> code.op(isFloat ? 0x6A : 0x6B);
      case DIV -> code.op(isFloat ? 0x6E : 0x6F);
      case NEG -> code.op(isFloat ? 0x76 : 0x77);
      case FMA -> code.invokeStatic(MATH, "fma", signature(real, 3, real));
      case ABS -> code.invokeStatic(MATH, "abs", signature(real, 1, real));
      case MIN -> code.invokeStatic(MATH, "min", signature(real, 2, real));
      case MAX -> code.invokeStatic(MATH, "max", signature(real, 2, real));
      case SQRT -> code.invokeStatic(SCALAR, "sqrt", signature(real, 1, real));
      case SELECT -> code.invokeStatic(SCALAR, "select", "(I" + real + real + ")" + real);
      case FROM_BITS -> code.invokeStatic(SCALAR, "fromBits", signature(integer, 1, real));
      case TO_BITS -> code.invokeStatic(SCALAR, "toBits", signature(real, 1, integer));
      case BITS_ADD -> code.op(isFloat ? 0x60 : 0x61);
      case BITS_SUB -> code.op(isFloat ? 0x64 : 0x65);
      case BITS_AND -> code.op(isFloat ? 0x7E : 0x7F);
      case BITS_OR -> code.op(isFloat ? 0x80 : 0x81);
      case BITS_XOR -> code.op(isFloat ? 0x82 : 0x83);
      case SHIFT_LEFT -> shift(code, places, 0x78);
      case SHIFT_RIGHT -> shift(code, places, 0x7A);
      case SHIFT_RIGHT_UNSIGNED -> shift(code, places, 0x7C);
      case LT, LE, EQ, NE ->
          code.invokeStatic(SCALAR, op.name().toLowerCase(Locale.ROOT), signature(real, 2, "I"));
      case AND -> code.op(0x7E);
      case OR -> code.op(0x80);
      case INPUT, CONSTANT, BITS_CONSTANT ->
          throw new IllegalArgumentException(op + " has no arguments");
    }
  }

  /** The opcode for int; the one for long follows it. */
  private void shift(Bytecode code, int places, int opcode) {
    code.push(places);
    code.op(isFloat ? opcode : opcode + 1);
  }

  private static String signature(String argument, int count, String result) {
    return "(" + argument.repeat(count) + ")" + result;
  }
}
