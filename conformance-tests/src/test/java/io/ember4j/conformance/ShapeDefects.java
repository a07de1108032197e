package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.copies;
import static io.ember4j.conformance.Wrapper.operands;
import static io.ember4j.conformance.Wrapper.primitive;
import static io.ember4j.conformance.Wrapper.size;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.Arrays;
import java.util.List;

/** Defects of operands that broadcast, and of strided copies. */
final class ShapeDefects {
  private ShapeDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "sub-ignores-the-repeat-of-a-view",
            "SUB reads a view as if its repeat were 1, a column as a row.",
            () ->
                operands(
                    Primitive.SUB,
                    size(54),
                    operands -> operands.stream().map(ShapeDefects::withoutRepeat).toList()),
            "BC-1.all-pairs"),
        Defect.of(
            "sub-swaps-a-column-on-the-left",
            "SUB of a column and a tensor is that of the tensor and the column.",
            () ->
                operands(
                    Primitive.SUB,
                    ShapeDefects::columnFirst,
                    operands -> List.of(operands.get(1), operands.get(0))),
            "PR-5.view-operands",
            "BC-1.all-pairs",
            "BC-2.views",
            "RX-1.exact"),
        Defect.of(
            "constants-are-rounded-to-float",
            "A constant operand of EQ in float64 is kept as a float.",
            () ->
                operands(
                    Primitive.EQ,
                    size(DType.FLOAT64, 17),
                    operands -> operands.stream().map(ShapeDefects::narrowed).toList()),
            "BC-4.number"),
        Defect.of(
            "select-reads-all-operands-alike",
            "SELECT reads its second and third operand with the repeat of the first.",
            () -> operands(Primitive.SELECT, size(DType.FLOAT32, 102), ShapeDefects::likeTheFirst),
            "BC-5.where"),
        Defect.of(
            "permute-swaps-the-outer-axes-of-rank-4",
            "A copy of rank 4 takes the strides of its two outermost axes for each other.",
            () ->
                copies(
                    c -> c.extents().length == 4 && c.sourceSize() == 96 && c.targetSize() == 96,
                    c -> c.from(c.sourceOffset(), swapped(c.sourceStrides()))),
            "LY-1.permute"),
        Defect.of(
            "transpose-leaves-out-the-last-tile",
            "A transpose in tiles of 8 by 8 leaves out the columns after the last whole tile.",
            () ->
                copies(
                    c -> c.extents().length == 2 && c.targetSize() == 67_000,
                    c -> c.of(c.extents()[0] / 8 * 8, c.extents()[1] / 8 * 8)),
            "LY-2.transpose"),
        Defect.of(
            "slice-with-a-step-starts-at-0",
            "A copy with a step forgets where it starts.",
            () ->
                copies(
                    c -> c.sourceSize() == 35 && last(c.sourceStrides()) == 5,
                    c -> c.from(0, c.sourceStrides())),
            "LY-3.slice"),
        Defect.of(
            "concat-writes-every-part-at-0",
            "A copy ignores the offset in its target.",
            () -> copies(c -> c.targetSize() == 578, c -> c.to(0, c.targetStrides())),
            "LY-4.concat"),
        Defect.of(
            "split-takes-the-first-part-again",
            "A copy ignores the offset in its source.",
            () -> copies(c -> c.sourceSize() == 210, c -> c.from(0, c.sourceStrides())),
            "LY-5.split"),
        Defect.of(
            "copies-add-zero",
            "A copy is computed as x + 0, which loses the sign of zero.",
            AddsZeroInCopies::new,
            "LY-7.bits",
            "AC-27.glu-specials",
            "AC-27.glu-composed",
            "SL-3.transfers",
            "TP-5.moves"),
        Defect.of(
            "copies-ignore-target-steps",
            "A copy writes next to each other what belongs apart; only gradients of slices do that.",
            () ->
                copies(
                    c -> last(c.targetStrides()) > 1,
                    c -> c.to(c.targetOffset(), withLast(c.targetStrides(), 1))),
            "TP-5.moves",
            "TP-5.adds"),
        Defect.of(
            "copies-repeat-only-the-first",
            "A copy that repeats along one axis does so along all.",
            () ->
                copies(
                    c -> c.sourceStrides().length > 1 && last(c.sourceStrides()) == 0,
                    c -> c.from(c.sourceOffset(), new long[c.sourceStrides().length])),
            "BC-1.all-pairs",
            "TP-4.sum-mean",
            "TP-5.adds"),
        Defect.of(
            "eq-takes-nan-for-equal",
            "EQ compares bits, by which NaN equals NaN.",
            () ->
                primitive(
                    Primitive.EQ,
                    (operands, result) -> true,
                    (a, b, right) -> Double.isNaN(a) && Double.isNaN(b) ? 1 : right),
            "EW-11.eq-exact",
            "EW-16.constant-operands",
            "TP-4.max-min",
            "RX-1.exact",
            "RX-2.enclosed"));
  }

  private static Operand withoutRepeat(Operand operand) {
    return operand instanceof Operand.View view ? new Operand.View(view.buffer(), 1) : operand;
  }

  private static boolean columnFirst(List<Operand> operands, Buffer result) {
    return operands.get(0) instanceof Operand.View view && view.repeat() > 1;
  }

  private static Operand narrowed(Operand operand) {
    return operand instanceof Operand.Constant constant
        ? new Operand.Constant((float) constant.value())
        : operand;
  }

  private static List<Operand> likeTheFirst(List<Operand> operands) {
    if (!(operands.get(0) instanceof Operand.View first)) {
      return operands;
    }
    return operands.stream()
        .map(o -> o instanceof Operand.View v ? new Operand.View(v.buffer(), first.repeat()) : o)
        .map(Operand.class::cast)
        .toList();
  }

  private static long last(long... strides) {
    return strides.length == 0 ? -1 : strides[strides.length - 1];
  }

  private static long[] withLast(long[] strides, long last) {
    long[] changed = strides.clone();
    changed[changed.length - 1] = last;
    return changed;
  }

  private static long[] swapped(long... strides) {
    long[] changed = strides.clone();
    changed[0] = strides[1];
    changed[1] = strides[0];
    return changed;
  }

  private static final class AddsZeroInCopies extends Wrapper {
    @Override
    public void copy(
        Buffer source,
        long sourceOffset,
        long[] sourceStrides,
        Buffer target,
        long targetOffset,
        long[] targetStrides,
        long[] extents) {
      super.copy(source, sourceOffset, sourceStrides, target, targetOffset, targetStrides, extents);
      write(target, Arrays.stream(read(target)).map(v -> v + 0.0).toArray());
    }
  }
}
