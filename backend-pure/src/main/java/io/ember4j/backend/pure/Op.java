package io.ember4j.backend.pure;

/**
 * One instruction of a {@link Code}: what both the processor's vector unit and a scalar loop do in
 * one step, with the same bits in every lane.
 */
enum Op {
  /** Element i of an operand; the index is {@link Value#bits()}. */
  INPUT(Kind.REAL, 0),
  /** A number; its double bits are {@link Value#bits()}. */
  CONSTANT(Kind.REAL, 0),
  /** a + b. */
  ADD(Kind.REAL, 2),
  /** a - b. */
  SUB(Kind.REAL, 2),
  /** a * b. */
  MUL(Kind.REAL, 2),
  /** a / b. */
  DIV(Kind.REAL, 2),
  /** a * b + c, rounded once. */
  FMA(Kind.REAL, 3),
  /** The correctly rounded square root. */
  SQRT(Kind.REAL, 1),
  /** The argument without its sign. */
  ABS(Kind.REAL, 1),
  /** The argument with the other sign. */
  NEG(Kind.REAL, 1),
  /** The smaller, NaN if either is; -0 is below +0. */
  MIN(Kind.REAL, 2),
  /** The larger, NaN if either is; -0 is below +0. */
  MAX(Kind.REAL, 2),
  /** b where the mask a is set, else c. */
  SELECT(Kind.REAL, 3),
  /** The number of these bits. */
  FROM_BITS(Kind.REAL, 1),

  /** The bits of a number, as an integer as wide as it. */
  TO_BITS(Kind.BITS, 1),
  /** An integer, {@link Value#bits()}. */
  BITS_CONSTANT(Kind.BITS, 0),
  /** a + b, modulo the width. */
  BITS_ADD(Kind.BITS, 2),
  /** a - b, modulo the width. */
  BITS_SUB(Kind.BITS, 2),
  /** The bits set in both. */
  BITS_AND(Kind.BITS, 2),
  /** The bits set in either. */
  BITS_OR(Kind.BITS, 2),
  /** The bits set in one of the two. */
  BITS_XOR(Kind.BITS, 2),
  /** Shifted left by {@link Value#bits()}. */
  SHIFT_LEFT(Kind.BITS, 1),
  /** Shifted right by {@link Value#bits()}, with copies of the sign. */
  SHIFT_RIGHT(Kind.BITS, 1),
  /** Shifted right by {@link Value#bits()}, with zeros. */
  SHIFT_RIGHT_UNSIGNED(Kind.BITS, 1),

  /** Whether a &lt; b; not set if either is NaN. */
  LT(Kind.MASK, 2),
  /** Whether a &lt;= b; not set if either is NaN. */
  LE(Kind.MASK, 2),
  /** Whether a = b; not set if either is NaN. */
  EQ(Kind.MASK, 2),
  /** Whether a and b differ; set if either is NaN. */
  NE(Kind.MASK, 2),
  /** Set where both are. */
  AND(Kind.MASK, 2),
  /** Set where either is. */
  OR(Kind.MASK, 2);

  /** What an instruction gives. */
  enum Kind {
    /** A number of the code's dtype. */
    REAL,
    /** An integer as wide as a number. */
    BITS,
    /** A truth value. */
    MASK
  }

  private final Kind kind;
  private final int arity;

  Op(Kind kind, int arity) {
    this.kind = kind;
    this.arity = arity;
  }

  Kind kind() {
    return kind;
  }

  int arity() {
    return arity;
  }
}
