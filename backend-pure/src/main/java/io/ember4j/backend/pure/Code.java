package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A straight line of instructions that computes one element of a result from one element of each
 * operand: what a fused kernel does in its loop.
 *
 * <p>Kernels are written once, against this, and become scalar bytecode and SIMD bytecode with the
 * same bits. An instruction that is there already is not added again, so common subexpressions are
 * computed once.
 */
final class Code {
  /** An instruction by what it does: arguments are indices of values. */
  record Key(Op op, List<Integer> arguments, long bits) {}

  private final DType dtype;
  private final List<Value> values = new ArrayList<>();
  private final Map<Key, Value> known = new HashMap<>();

  Code(DType dtype) {
    this.dtype = dtype;
  }

  DType dtype() {
    return dtype;
  }

  /** Returns all instructions, each after its arguments. */
  List<Value> values() {
    return values;
  }

  /** Returns what tells this code from others: two codes that are alike compute the same. */
  List<Key> signature() {
    List<Key> signature = new ArrayList<>(values.size());
    for (Value value : values) {
      signature.add(key(value.op(), value.arguments(), value.bits()));
    }
    return signature;
  }

  private static Key key(Op op, List<Value> arguments, long bits) {
    return new Key(op, arguments.stream().map(Value::index).toList(), bits);
  }

  /** Returns the element of an operand. */
  Value input(int index) {
    return intern(Op.INPUT, List.of(), index);
  }

  /** Returns a number, rounded to the dtype. */
  Value constant(double value) {
    return intern(Op.CONSTANT, List.of(), Double.doubleToLongBits(dtype.round(value)));
  }

  /** Returns an integer as wide as the dtype. */
  Value bits(long value) {
    return intern(Op.BITS_CONSTANT, List.of(), dtype == DType.FLOAT32 ? (int) value : value);
  }

  /** Adds an instruction without further data. */
  Value add(Op op, Value... arguments) {
    if (op == Op.DIV && hasExactReciprocal(arguments[1])) {
      return arguments[0].times(1 / arguments[1].number());
    }
    if (op == Op.MUL && arguments[1].isConstant() && Math.abs(arguments[1].number()) == 1) {
      return arguments[1].number() == 1 ? arguments[0] : arguments[0].negate();
    }
    return intern(op, List.of(arguments), 0);
  }

  Value shift(Op op, Value value, int places) {
    return intern(op, List.of(value), places);
  }

  /** Returns, by index, which instructions the value needs. */
  boolean[] live(Value root) {
    boolean[] live = new boolean[values.size()];
    live[root.index()] = true;
    for (int i = root.index(); i >= 0; i--) {
      if (live[i]) {
        values.get(i).arguments().forEach(argument -> live[argument.index()] = true);
      }
    }
    return live;
  }

  /** Returns how many instructions the value needs, constants and inputs apart. */
  int count(Value root) {
    boolean[] live = live(root);
    int count = 0;
    for (Value value : values) {
      if (live[value.index()] && value.op().arity() > 0) {
        count++;
      }
    }
    return count;
  }

  /** A quotient by a power of two is a product, to the last bit. */
  private boolean hasExactReciprocal(Value divisor) {
    if (!divisor.isConstant()) {
      return false;
    }
    double magnitude = Math.abs(divisor.number());
    // Both it and its reciprocal are normal numbers of the dtype.
    return magnitude >= 0x1p-126
        && magnitude <= 0x1p126
        && (Double.doubleToRawLongBits(magnitude) & 0x000F_FFFF_FFFF_FFFFL) == 0;
  }

  private Value intern(Op op, List<Value> arguments, long bits) {
    if (arguments.size() != op.arity()) {
      throw new IllegalArgumentException(op + " takes " + op.arity() + " arguments: " + arguments);
    }
    for (Value argument : arguments) {
      if (argument.code() != this) {
        throw new IllegalArgumentException(argument + " belongs to other code");
      }
    }
    Key key = key(op, arguments, bits);
    Value value = known.get(key);
    if (value == null) {
      value = new Value(this, op, arguments, bits, values.size());
      values.add(value);
      known.put(key, value);
    }
    return value;
  }
}
