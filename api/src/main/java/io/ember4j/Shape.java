package io.ember4j;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost axis first; immutable.
 *
 * <p>Rank 0 (no axes) has one element; an extent of 0 makes a tensor empty. Layout is always
 * row-major: the last axis varies fastest.
 */
public final class Shape {
  /** The shape of a scalar: rank 0, one element. */
  public static final Shape SCALAR = new Shape(new long[0], 1);

  private final long[] extents;
  private final long size;

  private Shape(long[] extents, long size) {
    this.extents = extents;
    this.size = size;
  }

  /**
   * Returns the shape with these extents.
   *
   * @throws ShapeException if an extent is negative or the number of elements overflows a long
   */
  public static Shape of(long... extents) {
    if (extents.length == 0) {
      return SCALAR;
    }
    return around(extents.clone());
  }

  /** Returns the shape around this array, which nobody else keeps. */
  private static Shape around(long[] copy) {
    long size = 1;
    boolean empty = false;
    for (long extent : copy) {
      if (extent < 0) {
        throw new ShapeException(
            "shape " + Arrays.toString(copy) + " has a negative extent; extents are 0 or more");
      }
      empty |= extent == 0;
    }
    for (int i = 0; i < copy.length && !empty; i++) {
      try {
        size = Math.multiplyExact(size, copy[i]);
      } catch (ArithmeticException e) {
        throw new ShapeException(
            "shape " + Arrays.toString(copy) + " has more than 2^63 - 1 elements");
      }
    }
    return new Shape(copy, empty ? 0 : size);
  }

  /** Returns the number of axes. */
  public int rank() {
    return extents.length;
  }

  /** Returns the number of elements: the product of the extents, 1 for rank 0. */
  public long size() {
    return size;
  }

  /**
   * Returns the extent of an axis; a negative axis counts from the end.
   *
   * @throws ShapeException if the axis is out of range
   */
  public long extent(int axis) {
    return extents[axis(axis)];
  }

  /** Returns the extents as a new array. */
  public long[] toArray() {
    return extents.clone();
  }

  /**
   * Returns the axis as a number from 0 to rank - 1, counting negative ones from the end.
   *
   * @throws ShapeException if the axis is not in [-rank, rank - 1]
   */
  public int axis(int axis) {
    int rank = extents.length;
    if (axis < -rank || axis >= rank) {
      throw new ShapeException(
          rank == 0
              ? "axis " + axis + " is out of range: a scalar (rank 0) has no axes"
              : "axis "
                  + axis
                  + " is out of range for shape "
                  + this
                  + "; use "
                  + -rank
                  + " to "
                  + (rank - 1));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /**
   * Returns the number of elements before (outside) the axis: the product of the extents left of
   * it.
   */
  long outer(int axis) {
    return product(0, axis);
  }

  /**
   * Returns the number of elements within one step of the axis: the product of the extents right of
   * it.
   */
  long inner(int axis) {
    return product(axis + 1, extents.length);
  }

  /** Returns the product of the extents from (inclusive) to (exclusive). */
  long product(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= extents[i];
    }
    return product;
  }

  /** Returns the row-major strides, in elements. */
  long[] strides() {
    long[] strides = new long[extents.length];
    long stride = 1;
    for (int i = extents.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(extents[i], 1);
    }
    return strides;
  }

  /** Returns this shape with the extent of one axis (0 to rank - 1) replaced. */
  Shape with(int axis, long extent) {
    long[] copy = extents.clone();
    copy[axis] = extent;
    return of(copy);
  }

  /**
   * Returns the shape to which both broadcast by NumPy's rule: aligned at the last axis, extents
   * equal or 1.
   *
   * @throws ShapeException if they do not broadcast
   */
  public Shape broadcast(Shape other) {
    if (equals(other)) {
      return this;
    }
    int rank = Math.max(rank(), other.rank());
    long[] result = new long[rank];
    for (int i = 0; i < rank; i++) {
      int a = i - (rank - rank());
      int b = i - (rank - other.rank());
      long x = a < 0 ? 1 : extents[a];
      long y = b < 0 ? 1 : other.extents[b];
      if (x != y && x != 1 && y != 1) {
        throw new ShapeException(
            "shapes "
                + this
                + " and "
                + other
                + " do not broadcast: axis "
                + (i - rank)
                + " has extents "
                + x
                + " and "
                + y
                + "; they must be equal, or one of them 1");
      }
      result[i] = x == 1 ? y : x;
    }
    return result.length == 0 ? SCALAR : around(result);
  }

  /**
   * Returns whether the other shape broadcasts to this one, without making a shape if it does.
   *
   * @throws ShapeException if the two do not broadcast at all
   */
  boolean covers(Shape other) {
    int lead = rank() - other.rank();
    boolean covers = lead >= 0;
    for (int i = 0; i < other.rank() && covers; i++) {
      covers = other.extents[i] == 1 || other.extents[i] == extents[lead + i];
    }
    return covers || broadcast(other).equals(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** Returns the extents in brackets, such as {@code [32, 10]}; {@code []} for rank 0. */
  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
