package io.ember4j;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The changes in place while a tape records, none of which it can record.
 *
 * <p>A change of tensors that the tape knows is refused. Another is let through, and from then on
 * the tape gives no gradient for its tensors: it would miss what went through the change.
 */
final class InPlaceChanges {
  private static final String NEW_TENSOR = "; use the form that returns a new tensor";

  private final TapeContent content;

  /** Target and operands of changes let through; weak, as who has lost one cannot ask for it. */
  private final Set<Tensor> unrecorded = Collections.newSetFromMap(new WeakHashMap<>());

  InPlaceChanges(TapeContent content) {
    this.content = content;
  }

  /** Throws if the target is known to the tape. */
  void checkTarget(Tensor target, boolean known) {
    if (known && content.holdsValuesOf(target)) {
      throw new InPlaceException(
          "cannot change the tensor of shape "
              + target.shape()
              + " in place: a tape has recorded it, and gradients need its values"
              + NEW_TENSOR);
    }
    if (known) {
      throw new InPlaceException(
          "cannot change the tensor of shape "
              + target.shape()
              + " in place: a tape has recorded it, and would not record the change"
              + remedy());
    }
  }

  /** Throws if the operand is known to the tape. */
  void checkOperand(Tensor operand, boolean known) {
    if (known) {
      throw new InPlaceException(
          "cannot change a tensor in place with an operand of shape "
              + operand.shape()
              + ": a tape has recorded the operand, and would not record the change"
              + remedy());
    }
  }

  private static String remedy() {
    return NEW_TENSOR
        + ", or change it under GradientTape.pause() if no gradient goes through the change";
  }

  /** Remembers a change that was let through and has been made. */
  void made(Tensor target, Tensor... operands) {
    unrecorded.add(target);
    Collections.addAll(unrecorded, operands);
  }

  /**
   * Throws if the tensor, a source or a target of a gradient, took part in a change let through.
   */
  void checkRecorded(Tensor tensor, String what) {
    if (unrecorded.contains(tensor)) {
      throw new GradientException(
          "the "
              + what
              + " of shape "
              + tensor.shape()
              + " took part in a change in place while the tape recorded, which it cannot record,"
              + " so a gradient might miss a part"
              + NEW_TENSOR
              + ", or make the change before record() or under GradientTape.pause()");
    }
  }
}
