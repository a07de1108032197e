package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Reduction;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Operations on tensors, each computed at once on the backend in effect ({@link Backends}).
 *
 * <p>Elementwise operations broadcast by NumPy's rule ({@link Shape#broadcast}); operands of
 * different dtypes are computed in float64; a Java number takes the tensor's dtype. Negative axes
 * count from the end. Every method throws {@link ShapeException} where shapes do not fit and {@link
 * ClosedTensorException} for a closed operand; then nothing has changed. While a {@link
 * GradientTape} records, all are recorded but {@link #evaluate_} and {@link #argmax}.
 */
public final class Ops {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final Expr ADD = X.plus(Y);
  private static final Expr SUB = X.minus(Y);
  private static final Expr MUL = X.times(Y);
  private static final Expr DIV = X.dividedBy(Y);
  private static final Expr MAXIMUM = X.max(Y);
  private static final Expr MINIMUM = X.min(Y);
  private static final Expr WHERE = Expr.where(X, Y, Expr.input(2));

  private Ops() {}

  /** Puts a result on the tape, if this thread records on one. */
  private static void record(Consumer<TapeContent> entry) {
    GradientTape tape = GradientTape.recording();
    if (tape != null) {
      entry.accept(tape.content());
    }
  }

  // ---- elementwise

  /**
   * Returns the expression evaluated for each element, input i of it being {@code inputs[i]}.
   *
   * @throws ParameterException if there are fewer inputs than the expression reads, or none
   */
  public static Tensor evaluate(Expr expression, Tensor... inputs) {
    Objects.requireNonNull(expression, "expression is null; build one from Expr.input(0)");
    try (Call call = Call.begin()) {
      Tensor result = Elementwise.evaluate(call, expression, inputs);
      GradientTape tape = GradientTape.recording();
      if (tape != null) {
        ElementwiseGradients.record(tape.content(), result, expression, inputs);
      }
      return result;
    }
  }

  /**
   * Returns the expression over equal parts of x along the axis: input i is part i, and there are
   * as many parts as the expression has inputs. So gated units are one pass over x, such as {@code
   * a * silu(b)} over the halves of each row; the parts are copied only where the backend cannot
   * read them in place.
   *
   * @throws ParameterException if the expression reads no input
   * @throws ShapeException if the axis is out of range, or its extent no multiple of the parts
   */
  public static Tensor evaluateParts(Expr expression, Tensor x, int axis) {
    Objects.requireNonNull(expression, "expression is null; build one from Expr.input(0)");
    if (!GradientTape.isRecording()) {
      try (Call call = Call.begin()) {
        return Elementwise.evaluateParts(call, expression, x, axis);
      }
    }
    // The tape knows the gradients of a split and of an expression.
    Shape shape = Tensor.checkUsable(x, "x").shape();
    int along = shape.axis(axis);
    long[] extents = new long[Elementwise.checkParts(expression, shape, along)];
    Arrays.fill(extents, shape.extent(along) / extents.length);
    try (BackendScope scope = Backends.pin()) {
      Tensor[] parts = split(x, along, extents);
      try {
        return evaluate(expression, parts);
      } finally {
        TapeContent.closeAll(parts);
      }
    }
  }

  /**
   * Overwrites {@code target} with the expression of (target, others...) and returns it.
   *
   * <p>A tape does not record it: a {@link GradientTape} that records refuses gradients with
   * respect to tensors that took part.
   *
   * <p>Where the backend itself fails half-way, the elements may be partly written, unless another
   * backend still has a copy of them.
   *
   * @throws InPlaceException if something else holds the target's values, or the target or an
   *     operand is recorded on a tape
   */
  public static Tensor evaluate_(Expr expression, Tensor target, Tensor... others) {
    Objects.requireNonNull(expression, "expression is null; build one from Expr.input(0)");
    GradientTape tape = GradientTape.recording();
    if (tape != null) {
      tape.checkMayChange(target, others);
    }
    try (Call call = Call.begin()) {
      Tensor result = Elementwise.evaluateInPlace(call, expression, target, others);
      if (tape != null) {
        tape.changes().made(target, others);
      }
      return result;
    }
  }

  /** Returns a + b. */
  public static Tensor add(Tensor a, Tensor b) {
    return evaluate(ADD, a, b);
  }

  /** Returns a + number. */
  public static Tensor add(Tensor a, double number) {
    return evaluate(X.plus(number), a);
  }

  /** Returns a - b. */
  public static Tensor sub(Tensor a, Tensor b) {
    return evaluate(SUB, a, b);
  }

  /** Returns a - number. */
  public static Tensor sub(Tensor a, double number) {
    return evaluate(X.minus(number), a);
  }

  /** Returns a * b elementwise. */
  public static Tensor mul(Tensor a, Tensor b) {
    return evaluate(MUL, a, b);
  }

  /** Returns a * number. */
  public static Tensor mul(Tensor a, double number) {
    return evaluate(X.times(number), a);
  }

  /** Returns a / b elementwise. */
  public static Tensor div(Tensor a, Tensor b) {
    return evaluate(DIV, a, b);
  }

  /** Returns a / number. */
  public static Tensor div(Tensor a, double number) {
    return evaluate(X.dividedBy(number), a);
  }

  /** Returns -x. */
  public static Tensor neg(Tensor x) {
    return evaluate(X.negate(), x);
  }

  /** Returns the magnitude. */
  public static Tensor abs(Tensor x) {
    return evaluate(X.abs(), x);
  }

  /** Returns the square root; NaN below 0. */
  public static Tensor sqrt(Tensor x) {
    return evaluate(X.sqrt(), x);
  }

  /** Returns e^x. */
  public static Tensor exp(Tensor x) {
    return evaluate(X.exp(), x);
  }

  /** Returns the natural logarithm; -infinity at 0, NaN below. */
  public static Tensor log(Tensor x) {
    return evaluate(X.log(), x);
  }

  /** Returns the elementwise larger of two; NaN if either is NaN. */
  public static Tensor maximum(Tensor a, Tensor b) {
    return evaluate(MAXIMUM, a, b);
  }

  /** Returns the elementwise smaller of two; NaN if either is NaN. */
  public static Tensor minimum(Tensor a, Tensor b) {
    return evaluate(MINIMUM, a, b);
  }

  /**
   * Returns x limited to [low, high]; NaN stays NaN. The gradient is the upstream where x is
   * unchanged: at the bounds too, and at NaN (where PyTorch's is 0).
   *
   * @throws ParameterException if low &gt; high or either is NaN
   */
  public static Tensor clip(Tensor x, double low, double high) {
    if (!(low <= high)) {
      throw new ParameterException("clip needs low <= high, got low " + low + " and high " + high);
    }
    return evaluate(X.clip(low, high), x);
  }

  /**
   * Returns {@code a} where the condition is not 0 (NaN counts as not 0), else {@code b}. The dtype
   * is that of a and b; the condition's does not matter.
   */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Tensor.checkUsable(condition, "condition");
    DType dtype = Tensor.checkUsable(a, "a").dtype().promote(Tensor.checkUsable(b, "b").dtype());
    if (condition.dtype().promote(dtype) == dtype) {
      return evaluate(WHERE, condition, a, b);
    }
    try (BackendScope scope = Backends.pin();
        Tensor mask = evaluate(X.eq(0).eq(0), condition); // 1 or 0, so that no cast rounds it to 0
        Tensor narrow = cast(mask, dtype)) {
      return evaluate(WHERE, narrow, a, b);
    }
  }

  // ---- comparison: 1 or 0 in the operands' dtype; 0 where either is NaN (ne: 1)

  /** Returns 1 where a &lt; b, else 0. */
  public static Tensor lt(Tensor a, Tensor b) {
    return evaluate(X.lt(Y), a, b);
  }

  /** Returns 1 where a &lt; number, else 0. */
  public static Tensor lt(Tensor a, double number) {
    return evaluate(X.lt(number), a);
  }

  /** Returns 1 where a &lt;= b, else 0. */
  public static Tensor le(Tensor a, Tensor b) {
    return evaluate(X.le(Y), a, b);
  }

  /** Returns 1 where a &lt;= number, else 0. */
  public static Tensor le(Tensor a, double number) {
    return evaluate(X.le(number), a);
  }

  /** Returns 1 where a &gt; b, else 0. */
  public static Tensor gt(Tensor a, Tensor b) {
    return evaluate(X.gt(Y), a, b);
  }

  /** Returns 1 where a &gt; number, else 0. */
  public static Tensor gt(Tensor a, double number) {
    return evaluate(X.gt(number), a);
  }

  /** Returns 1 where a &gt;= b, else 0. */
  public static Tensor ge(Tensor a, Tensor b) {
    return evaluate(X.ge(Y), a, b);
  }

  /** Returns 1 where a &gt;= number, else 0. */
  public static Tensor ge(Tensor a, double number) {
    return evaluate(X.ge(number), a);
  }

  /** Returns 1 where a = b, else 0. */
  public static Tensor eq(Tensor a, Tensor b) {
    return evaluate(X.eq(Y), a, b);
  }

  /** Returns 1 where a = number, else 0. */
  public static Tensor eq(Tensor a, double number) {
    return evaluate(X.eq(number), a);
  }

  /** Returns 0 where a = b, else 1. */
  public static Tensor ne(Tensor a, Tensor b) {
    return evaluate(X.eq(Y).eq(0), a, b);
  }

  /** Returns 0 where a = number, else 1. */
  public static Tensor ne(Tensor a, double number) {
    return evaluate(X.eq(number).eq(0), a);
  }

  // ---- reductions; no axes named means all

  /** Returns the sum along the axes, which are removed; 0 over no elements. */
  public static Tensor sum(Tensor x, int... axes) {
    return sum(x, false, axes);
  }

  /** Returns the sum along the axes, which stay with extent 1 if {@code keepDims}. */
  public static Tensor sum(Tensor x, boolean keepDims, int... axes) {
    return reduce(Reduction.SUM, x, keepDims, axes);
  }

  /** Returns the largest element along the axes, which are removed; NaN if one is NaN. */
  public static Tensor max(Tensor x, int... axes) {
    return max(x, false, axes);
  }

  /** Returns the largest element along the axes, which stay with extent 1 if {@code keepDims}. */
  public static Tensor max(Tensor x, boolean keepDims, int... axes) {
    return reduce(Reduction.MAX, x, keepDims, axes);
  }

  /** Returns the smallest element along the axes, which are removed; NaN if one is NaN. */
  public static Tensor min(Tensor x, int... axes) {
    return min(x, false, axes);
  }

  /** Returns the smallest element along the axes, which stay with extent 1 if {@code keepDims}. */
  public static Tensor min(Tensor x, boolean keepDims, int... axes) {
    return reduce(Reduction.MIN, x, keepDims, axes);
  }

  /** Returns the arithmetic mean along the axes, which are removed; NaN over no elements. */
  public static Tensor mean(Tensor x, int... axes) {
    return mean(x, false, axes);
  }

  /** Returns the arithmetic mean along the axes, which stay with extent 1 if {@code keepDims}. */
  public static Tensor mean(Tensor x, boolean keepDims, int... axes) {
    try (Call call = Call.begin()) {
      Tensor result = mean(call, Tensor.checkUsable(x, "x"), keepDims, axes);
      double n = Reductions.countAlong(x.shape(), Reductions.reducedAxes(x.shape(), axes));
      record(tape -> ReductionGradients.sum(tape, result, x, n, axes));
      return result;
    }
  }

  /** Returns the variance along the axes, which are removed: the mean squared deviation. */
  public static Tensor var(Tensor x, int... axes) {
    return var(x, 0, false, axes);
  }

  /**
   * Returns the variance along the axes: the sum of squared deviations from the mean over n -
   * correction; 0 gives NumPy's default, 1 the unbiased estimate that is PyTorch's default.
   *
   * @throws ParameterException if the correction is negative
   */
  public static Tensor var(Tensor x, int correction, boolean keepDims, int... axes) {
    if (correction < 0) {
      throw new ParameterException("correction is " + correction + "; use 0 or more");
    }
    try (Call call = Call.begin();
        Tensor mean = mean(call, Tensor.checkUsable(x, "x"), true, axes);
        Tensor squares = Elementwise.evaluate(call, SUB.times(SUB), x, mean);
        Tensor sum = Reductions.reduce(call, Reduction.SUM, squares, keepDims, axes)) {
      double n = Reductions.countAlong(x.shape(), Reductions.reducedAxes(x.shape(), axes));
      double divisor = Math.max(0, n - correction);
      Tensor result = Elementwise.evaluate(call, X.dividedBy(divisor), sum);
      record(tape -> ReductionGradients.variance(tape, result, x, divisor, axes));
      return result;
    }
  }

  private static Tensor mean(Call call, Tensor x, boolean keepDims, int... axes) {
    double n = Reductions.countAlong(x.shape(), Reductions.reducedAxes(x.shape(), axes));
    try (Tensor sum = Reductions.reduce(call, Reduction.SUM, x, keepDims, axes)) {
      return Elementwise.evaluate(call, X.dividedBy(n), sum);
    }
  }

  private static Tensor reduce(Reduction reduction, Tensor x, boolean keepDims, int... axes) {
    try (Call call = Call.begin()) {
      Tensor result =
          Reductions.reduce(call, reduction, Tensor.checkUsable(x, "x"), keepDims, axes);
      record(tape -> ReductionGradients.reduce(tape, reduction, result, x, axes));
      return result;
    }
  }

  /**
   * Returns the index of the largest element along the axis, for each position of the other axes in
   * row-major order. The first of equal ones counts; NaN counts as largest.
   */
  public static long[] argmax(Tensor x, int axis) {
    try (Call call = Call.begin()) {
      return Reductions.argmax(call, Tensor.checkUsable(x, "x"), axis);
    }
  }

  /**
   * Returns e^x over the sum of e^x along the axis, so that each slice sums to 1.
   *
   * <p>A slice that holds NaN or +infinity, or nothing but -infinity, gives NaN. A scalar gives 1.
   */
  public static Tensor softmax(Tensor x, int axis) {
    try (Call call = Call.begin()) {
      Tensor result = Softmaxes.softmax(call, Tensor.checkUsable(x, "x"), axis, false);
      record(tape -> ReductionGradients.softmax(tape, result, x, axis, false));
      return result;
    }
  }

  /** Returns the natural logarithm of {@link #softmax}, without forming the quotient. */
  public static Tensor logSoftmax(Tensor x, int axis) {
    try (Call call = Call.begin()) {
      Tensor result = Softmaxes.softmax(call, Tensor.checkUsable(x, "x"), axis, true);
      record(tape -> ReductionGradients.softmax(tape, result, x, axis, true));
      return result;
    }
  }

  // ---- matrix product

  /**
   * Returns the matrix product by NumPy's rules: [m, k] by [k, n] gives [m, n]; leading axes are
   * batches that broadcast; a rank-1 operand is a row on the left and a column on the right, and
   * its axis is dropped from the result.
   */
  public static Tensor matmul(Tensor a, Tensor b) {
    return matmul(a, b, false, false);
  }

  /** Returns the matrix product of operands whose last two axes may be read transposed. */
  public static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    try (Call call = Call.begin()) {
      Tensor result = MatrixProduct.matmul(call, a, b, transposeA, transposeB, null);
      record(tape -> MatmulGradients.record(tape, result, a, b, transposeA, transposeB));
      return result;
    }
  }

  /**
   * Returns the matrix product with an expression applied to each element of it: input 0 is the
   * element, inputs 1 and up the operands, which broadcast to the product's shape. Bias and
   * activation in one pass, where the backend can.
   *
   * @throws ParameterException if the expression reads more inputs than there are operands
   */
  public static Tensor matmul(
      Tensor a,
      Tensor b,
      boolean transposeA,
      boolean transposeB,
      Expr epilogue,
      Tensor... operands) {
    Objects.requireNonNull(epilogue, "epilogue is null; use the matmul without one");
    if (epilogue.inputCount() > operands.length + 1) {
      throw new ParameterException(
          "the epilogue "
              + epilogue
              + " reads "
              + epilogue.inputCount()
              + " input(s): the product and "
              + (epilogue.inputCount() - 1)
              + " operand(s), got "
              + operands.length
              + " operand(s)");
    }
    if (GradientTape.isRecording()) {
      // The epilogue's gradient needs the product, which exists only if it is stored.
      DType dtype = Tensor.checkUsable(a, "left operand").dtype();
      dtype = dtype.promote(Tensor.checkUsable(b, "right operand").dtype());
      for (Tensor operand : operands) {
        dtype = dtype.promote(Tensor.checkUsable(operand, "operand").dtype());
      }
      // The product in the dtype of the result, as without a tape.
      try (BackendScope scope = Backends.pin();
          Tensor left = cast(a, dtype);
          Tensor right = cast(b, dtype);
          Tensor product = matmul(left, right, transposeA, transposeB)) {
        MatrixProduct.checkOperands(product.shape(), operands);
        Tensor[] inputs = new Tensor[operands.length + 1];
        inputs[0] = product;
        System.arraycopy(operands, 0, inputs, 1, operands.length);
        return evaluate(epilogue, inputs);
      }
    }
    try (Call call = Call.begin()) {
      return MatrixProduct.matmul(call, a, b, transposeA, transposeB, epilogue, operands);
    }
  }

  // ---- shape

  /**
   * Returns a tensor of the same elements in another shape; shares the storage. One extent may be
   * -1: it is what remains.
   */
  public static Tensor reshape(Tensor x, long... extents) {
    Tensor.checkUsable(x, "x");
    long[] full = extents.clone();
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < full.length; i++) {
      if (full[i] == -1 && unknown < 0) {
        unknown = i;
      } else {
        known *= full[i];
      }
    }
    if (unknown >= 0) {
      if (known <= 0 || x.size() % known != 0) {
        throw new ShapeException(
            "cannot reshape "
                + x.shape()
                + " ("
                + x.size()
                + " elements) to "
                + Arrays.toString(extents)
                + ": the -1 has no single solution");
      }
      full[unknown] = x.size() / known;
    }
    Shape shape = Shape.of(full);
    if (shape.size() != x.size()) {
      throw new ShapeException(
          "cannot reshape "
              + x.shape()
              + " ("
              + x.size()
              + " elements) to "
              + shape
              + " ("
              + shape.size()
              + " elements)");
    }
    Tensor result = x.reshapeTo(shape);
    record(tape -> LayoutGradients.reshape(tape, result, x));
    return result;
  }

  /**
   * Returns the tensor repeated to a larger shape by NumPy's rule.
   *
   * @throws ShapeException if it does not broadcast to that shape
   */
  public static Tensor broadcastTo(Tensor x, long... extents) {
    Shape shape = Shape.of(Objects.requireNonNull(extents, "extents is null; pass a shape"));
    if (!Tensor.checkUsable(x, "x").shape().broadcast(shape).equals(shape)) {
      throw new ShapeException(
          "shape " + x.shape() + " does not broadcast to " + shape + "; it would be larger");
    }
    try (Call call = Call.begin()) {
      Tensor result = Broadcasts.broadcastTo(call, x, shape);
      record(tape -> LayoutGradients.broadcast(tape, result, x));
      return result;
    }
  }

  /** Returns the tensor with its axes in reverse order. */
  public static Tensor transpose(Tensor x) {
    int rank = Tensor.checkUsable(x, "x").rank();
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = rank - 1 - i;
    }
    return permute(x, axes);
  }

  /** Returns the tensor with axis {@code axes[i]} in place i; each axis named once. */
  public static Tensor permute(Tensor x, int... axes) {
    try (Call call = Call.begin()) {
      Tensor result = Layouts.permute(call, Tensor.checkUsable(x, "x"), axes);
      record(tape -> LayoutGradients.permute(tape, result, x, axes));
      return result;
    }
  }

  /** Returns elements start (inclusive) to stop (exclusive) along the axis. */
  public static Tensor slice(Tensor x, int axis, long start, long stop) {
    return slice(x, axis, start, stop, 1);
  }

  /** Returns every step-th element from start (inclusive) to stop (exclusive) along the axis. */
  public static Tensor slice(Tensor x, int axis, long start, long stop, long step) {
    try (Call call = Call.begin()) {
      Tensor result = Layouts.slice(call, Tensor.checkUsable(x, "x"), axis, start, stop, step);
      record(tape -> LayoutGradients.slice(tape, result, x, axis, start, step));
      return result;
    }
  }

  /** Returns the tensors one after another along the axis; their other extents are equal. */
  public static Tensor concat(int axis, Tensor... parts) {
    try (Call call = Call.begin()) {
      Tensor result = Layouts.concat(call, axis, parts);
      record(tape -> LayoutGradients.concat(tape, result, axis, parts));
      return result;
    }
  }

  /**
   * Returns the tensor cut along the axis into parts of these extents, which add up to the axis.
   */
  public static Tensor[] split(Tensor x, int axis, long... extents) {
    long extent = Tensor.checkUsable(x, "x").shape().extent(axis);
    if (Arrays.stream(extents).anyMatch(e -> e < 0) || Arrays.stream(extents).sum() != extent) {
      throw new ShapeException(
          "cannot split axis "
              + axis
              + " of shape "
              + x.shape()
              + " into "
              + Arrays.toString(extents)
              + "; the parts must add up to "
              + extent);
    }
    try (Call call = Call.begin()) {
      Tensor[] results = Layouts.split(call, x, axis, extents);
      record(tape -> LayoutGradients.split(tape, results, x, axis));
      return results;
    }
  }

  /**
   * Returns the tensor in the dtype, each element rounded to nearest; shares the storage if it has
   * that dtype already.
   */
  public static Tensor cast(Tensor x, DType dtype) {
    Objects.requireNonNull(dtype, "dtype is null; pass FLOAT32 or FLOAT64");
    Tensor.checkUsable(x, "x");
    if (x.dtype() == dtype) {
      return reshape(x, x.shape().toArray());
    }
    try (Call call = Call.begin()) {
      io.ember4j.spi.Buffer target = call.allocate(dtype, x.size());
      if (x.size() > 0) {
        call.spi().convert(call.buffer(x, x.dtype()), target);
      }
      Tensor result = call.result(x.shape(), target);
      record(tape -> LayoutGradients.cast(tape, result, x));
      return result;
    }
  }
}
