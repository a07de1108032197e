package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.List;

/**
 * The result of one instruction of a {@link Code}, on which further ones are written fluently.
 *
 * <p>Every method adds one instruction to the code, unless the code has it already. Arithmetic is
 * IEEE 754 in the code's dtype, each instruction rounded once; nothing is reordered or contracted.
 */
final class Value {
  private final Code code;
  private final Op op;
  private final List<Value> arguments;
  private final long bits;
  private final int index;

  Value(Code code, Op op, List<Value> arguments, long bits, int index) {
    this.code = code;
    this.op = op;
    this.arguments = arguments;
    this.bits = bits;
    this.index = index;
  }

  Code code() {
    return code;
  }

  Op op() {
    return op;
  }

  List<Value> arguments() {
    return arguments;
  }

  Value argument(int i) {
    return arguments.get(i);
  }

  /** Returns what the instruction needs to know besides its arguments; see {@link Op}. */
  long bits() {
    return bits;
  }

  /** Returns the number of a CONSTANT. */
  double number() {
    return Double.longBitsToDouble(bits);
  }

  /** Returns the place in the order in which the code was written; arguments come before. */
  int index() {
    return index;
  }

  boolean isConstant() {
    return op == Op.CONSTANT;
  }

  // ---- numbers

  Value plus(Value b) {
    return code.add(Op.ADD, this, b);
  }

  Value plus(double b) {
    return plus(code.constant(b));
  }

  Value minus(Value b) {
    return code.add(Op.SUB, this, b);
  }

  Value minus(double b) {
    return minus(code.constant(b));
  }

  Value times(Value b) {
    return code.add(Op.MUL, this, b);
  }

  Value times(double b) {
    return times(code.constant(b));
  }

  Value dividedBy(Value b) {
    return code.add(Op.DIV, this, b);
  }

  /** Returns this * b + c, rounded once. */
  Value fma(Value b, Value c) {
    return code.add(Op.FMA, this, b, c);
  }

  Value fma(double b, Value c) {
    return fma(code.constant(b), c);
  }

  Value fma(Value b, double c) {
    return fma(b, code.constant(c));
  }

  Value fma(double b, double c) {
    return fma(code.constant(b), code.constant(c));
  }

  Value sqrt() {
    return code.add(Op.SQRT, this);
  }

  Value abs() {
    return code.add(Op.ABS, this);
  }

  Value negate() {
    return code.add(Op.NEG, this);
  }

  /** Returns the smaller, NaN if either is NaN. */
  Value min(Value b) {
    return code.add(Op.MIN, this, b);
  }

  Value min(double b) {
    return min(code.constant(b));
  }

  /** Returns the larger, NaN if either is NaN. */
  Value max(Value b) {
    return code.add(Op.MAX, this, b);
  }

  Value max(double b) {
    return max(code.constant(b));
  }

  // ---- masks

  Value lt(Value b) {
    return code.add(Op.LT, this, b);
  }

  Value lt(double b) {
    return lt(code.constant(b));
  }

  Value le(Value b) {
    return code.add(Op.LE, this, b);
  }

  Value le(double b) {
    return le(code.constant(b));
  }

  Value gt(double b) {
    return code.constant(b).lt(this);
  }

  Value ge(double b) {
    return code.constant(b).le(this);
  }

  Value eq(Value b) {
    return code.add(Op.EQ, this, b);
  }

  Value ne(Value b) {
    return code.add(Op.NE, this, b);
  }

  Value and(Value b) {
    return code.add(Op.AND, this, b);
  }

  Value or(Value b) {
    return code.add(Op.OR, this, b);
  }

  /** Returns, of this mask, {@code a} where it is set and {@code b} where it is not. */
  Value select(Value a, Value b) {
    return code.add(Op.SELECT, this, a, b);
  }

  Value select(double a, Value b) {
    return select(code.constant(a), b);
  }

  Value select(Value a, double b) {
    return select(a, code.constant(b));
  }

  // ---- bits

  Value toBits() {
    return code.add(Op.TO_BITS, this);
  }

  Value fromBits() {
    return code.add(Op.FROM_BITS, this);
  }

  Value plusBits(Value b) {
    return code.add(Op.BITS_ADD, this, b);
  }

  Value plusBits(long b) {
    return plusBits(code.bits(b));
  }

  Value minusBits(Value b) {
    return code.add(Op.BITS_SUB, this, b);
  }

  Value andBits(Value b) {
    return code.add(Op.BITS_AND, this, b);
  }

  Value andBits(long b) {
    return andBits(code.bits(b));
  }

  Value orBits(Value b) {
    return code.add(Op.BITS_OR, this, b);
  }

  Value orBits(long b) {
    return orBits(code.bits(b));
  }

  Value xorBits(Value b) {
    return code.add(Op.BITS_XOR, this, b);
  }

  Value shiftLeft(int places) {
    return code.shift(Op.SHIFT_LEFT, this, places);
  }

  /** Shifts right with copies of the sign. */
  Value shiftRight(int places) {
    return code.shift(Op.SHIFT_RIGHT, this, places);
  }

  /** Shifts right with zeros. */
  Value shiftRightUnsigned(int places) {
    return code.shift(Op.SHIFT_RIGHT_UNSIGNED, this, places);
  }

  // ---- idioms

  /** Returns this number with the sign of {@code sign}; this must not be negative. */
  Value withSignOf(Value sign) {
    long signBit = code.dtype() == DType.FLOAT32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
    return toBits().orBits(sign.toBits().andBits(signBit)).fromBits();
  }

  /**
   * Returns the polynomial c[0] + c[1] x + c[2] x^2 + ... at this x by Horner's rule, one FMA per
   * degree.
   */
  Value polynomial(double... coefficients) {
    Value sum = code.constant(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.fma(this, coefficients[i]);
    }
    return sum;
  }

  @Override
  public String toString() {
    return "v" + index + " = " + op + arguments.stream().map(a -> "v" + a.index).toList();
  }
}
