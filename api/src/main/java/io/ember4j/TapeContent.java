package io.ember4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a tape has recorded, and the walk back through it. Tensors are told apart by identity. */
final class TapeContent {
  /** An operation: operands without a gradient are null. */
  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Operation(Tensor result, Tensor[] operands, GradientRule rule) {}

  private final List<Operation> operations = new ArrayList<>();
  private final Set<Tensor> known = new HashSet<>();
  private final Map<Tensor, Tensor> held = new HashMap<>();

  /** Returns whether the tensor is a result or an operand of a recorded operation. */
  boolean knows(Tensor tensor) {
    return known.contains(tensor);
  }

  /** Adds an operation; operands through which no gradient goes are null. */
  void add(Tensor result, Tensor[] operands, GradientRule rule) {
    operations.add(new Operation(result, operands, rule));
    known.add(result);
    for (Tensor operand : operands) {
      if (operand != null) {
        known.add(operand);
      }
    }
  }

  /** Returns the tensor's values under a handle of the tape's own, which lives as long as it. */
  Tensor hold(Tensor tensor) {
    return held.computeIfAbsent(tensor, t -> t.reshapeTo(t.shape()));
  }

  /** Returns whether the tape holds the values of this tensor, under whatever shape. */
  boolean holdsValuesOf(Tensor tensor) {
    return !tensor.isClosed()
        && held.values().stream().anyMatch(handle -> handle.storage() == tensor.storage());
  }

  /**
   * Returns the gradients of those sources on which the target depends.
   *
   * @param upstream the gradient of the target; stays the caller's
   */
  Map<Tensor, Tensor> gradients(Tensor target, Tensor upstream, List<Tensor> sources) {
    Set<Tensor> dependent = dependentOn(sources);
    Map<Tensor, Tensor> found = new LinkedHashMap<>();
    if (!dependent.contains(target)) {
      return found;
    }
    Set<Tensor> asked = new HashSet<>(sources);
    Map<Tensor, Tensor> pending = new LinkedHashMap<>();
    pending.put(target, upstream.reshapeTo(upstream.shape()));
    try {
      for (int i = operations.size() - 1; i >= 0; i--) {
        Operation operation = operations.get(i);
        Tensor gradient = pending.remove(operation.result());
        if (gradient != null) {
          if (asked.contains(operation.result())) {
            found.put(operation.result(), gradient.reshapeTo(gradient.shape()));
          }
          try (gradient) {
            distribute(operation, gradient, dependent, pending);
          }
        }
      }
    } catch (RuntimeException | Error e) {
      pending.values().forEach(Tensor::close);
      found.values().forEach(Tensor::close);
      throw e;
    }
    // What is left belongs to tensors that no recorded operation made.
    for (Map.Entry<Tensor, Tensor> leaf : pending.entrySet()) {
      if (asked.contains(leaf.getKey())) {
        found.put(leaf.getKey(), leaf.getValue());
      } else {
        leaf.getValue().close();
      }
    }
    return found;
  }

  private Set<Tensor> dependentOn(List<Tensor> sources) {
    Set<Tensor> dependent = new HashSet<>(sources);
    for (Operation operation : operations) {
      for (Tensor operand : operation.operands()) {
        if (operand != null && dependent.contains(operand)) {
          dependent.add(operation.result());
          break;
        }
      }
    }
    return dependent;
  }

  private static void distribute(
      Operation operation, Tensor gradient, Set<Tensor> dependent, Map<Tensor, Tensor> pending) {
    Tensor[] operands = operation.operands();
    boolean[] wanted = new boolean[operands.length];
    boolean any = false;
    for (int i = 0; i < operands.length; i++) {
      wanted[i] = operands[i] != null && dependent.contains(operands[i]);
      any |= wanted[i];
    }
    if (!any) {
      return;
    }
    Tensor[] gradients = operation.rule().gradients(gradient, wanted);
    try {
      for (int i = 0; i < operands.length; i++) {
        if (wanted[i]) {
          Tensor next = gradients[i];
          gradients[i] = null; // from here on pending's, or closed by the sum
          pending.merge(operands[i], next, TapeContent::sum);
        }
      }
    } catch (RuntimeException | Error e) {
      closeAll(gradients);
      throw e;
    }
  }

  /** Closes those that are there. */
  static void closeAll(Tensor... tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        tensor.close();
      }
    }
  }

  private static Tensor sum(Tensor a, Tensor b) {
    try (a;
        b) {
      return Ops.add(a, b);
    }
  }

  void close() {
    held.values().forEach(Tensor::close);
    held.clear();
    operations.clear();
    known.clear();
  }
}
