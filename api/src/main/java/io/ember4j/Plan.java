package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one backend evaluates one expression: in one piece, or as steps of which each is a primitive,
 * a native function, or the api's default routine.
 *
 * <p>Steps write into numbered slots; the inputs come first, then temporaries, whose buffers are
 * reused as soon as nothing reads them any more. A plan holds no node of its expression, so that
 * the expression can be collected.
 */
final class Plan {
  /** Where a step runs. */
  enum How {
    PRIMITIVE,
    NATIVE,
    DEFAULT
  }

  /** A step: slot number of each argument, or ~index into the constants. */
  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Step(How how, Primitive primitive, NamedFunction function, int[] args, int slot) {}

  private final boolean fused;
  private final DType dtype;
  private final int inputs;
  private final List<Step> steps;
  private final List<Operand> constants;
  private final int temporaries;

  private Plan(
      boolean fused,
      DType dtype,
      int inputs,
      List<Step> steps,
      List<Operand> constants,
      int temporaries) {
    this.fused = fused;
    this.dtype = dtype;
    this.inputs = inputs;
    this.steps = steps;
    this.constants = constants;
    this.temporaries = temporaries;
  }

  static Plan of(Expr expression, Backend backend, DType dtype, Lowering lowering) {
    Expr root = asOperation(expression);
    boolean fused = lowering == Lowering.NATIVE && backend.fuses(root, dtype);
    Expr expanded = root.expand(f -> lowering == Lowering.NATIVE && backend.supports(f, dtype));
    return new Builder(dtype, lowering, backend).build(fused, asOperation(expanded));
  }

  /** Returns an operation that copies, for a bare input or constant; else the expression itself. */
  private static Expr asOperation(Expr expression) {
    return expression instanceof Expr.Apply
        ? expression
        : Expr.where(Expr.constant(1), expression, expression);
  }

  /** Returns how the steps run if the backend does not take the expression whole. */
  List<How> steps() {
    return steps.stream().map(Step::how).toList();
  }

  /** Returns the functions that the api's default routines compute. */
  List<NamedFunction> defaults() {
    return steps.stream().filter(s -> s.how() == How.DEFAULT).map(Step::function).toList();
  }

  boolean isFused() {
    return fused;
  }

  /** Returns how the backend runs this plan. */
  Execution execution() {
    if (fused) {
      return Execution.NATIVE;
    }
    if (!defaults().isEmpty()) {
      return Execution.DEFAULT;
    }
    return steps.size() == 1 ? Execution.NATIVE : Execution.COMPOSED;
  }

  /**
   * Evaluates the expression of this plan into {@code result}, which is not empty and may be the
   * buffer of an operand that is a full view.
   */
  void run(Call call, Expr expression, List<Operand> operands, Buffer result) {
    Backend backend = call.spi();
    if (fused) {
      backend.evaluate(asOperation(expression), operands, result);
      return;
    }
    Operand[] slots = new Operand[inputs + temporaries];
    for (int i = 0; i < Math.min(inputs, operands.size()); i++) {
      slots[i] = operands.get(i);
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      List<Operand> args = new ArrayList<>(step.args().length);
      for (int arg : step.args()) {
        args.add(arg < 0 ? constants.get(~arg) : slots[arg]);
      }
      Buffer target;
      if (i == steps.size() - 1) {
        target = result;
      } else if (slots[step.slot()] instanceof Operand.View view) {
        target = view.buffer();
      } else {
        target = call.scratch(dtype, result.size());
        slots[step.slot()] = new Operand.View(target, 1);
      }
      switch (step.how()) {
        case PRIMITIVE -> backend.apply(step.primitive(), args, target);
        case NATIVE -> backend.apply(step.function(), args, target);
        case DEFAULT -> DefaultRoutine.apply(step.function(), backend, args.get(0), target);
      }
    }
  }

  /** Turns an expanded expression into steps. */
  private static final class Builder {
    private final DType dtype;
    private final Lowering lowering;
    private final Backend backend;
    private final List<Operand> constants = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Expr, Integer> places = new HashMap<>();
    private final List<Integer> free = new ArrayList<>();
    private int temporaries;

    Builder(DType dtype, Lowering lowering, Backend backend) {
      this.dtype = dtype;
      this.lowering = lowering;
      this.backend = backend;
    }

    Plan build(boolean fused, Expr root) {
      int inputs = root.inputCount();
      List<Expr> nodes = root.nodes();
      Map<Expr, Integer> lastUse = lastUses(nodes);
      for (int i = 0; i < nodes.size(); i++) {
        Expr node = nodes.get(i);
        if (node instanceof Expr.Input input) {
          places.put(node, input.index());
        } else if (node instanceof Expr.Constant constant) {
          places.put(node, ~constants.size());
          constants.add(new Operand.Constant(dtype.round(constant.value())));
        } else if (node instanceof Expr.Apply apply) {
          addStep(apply, i, inputs, lastUse);
        }
      }
      return new Plan(fused, dtype, inputs, List.copyOf(steps), constants, temporaries);
    }

    private static Map<Expr, Integer> lastUses(List<Expr> nodes) {
      Map<Expr, Integer> lastUse = new HashMap<>();
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i) instanceof Expr.Apply apply) {
          for (Expr argument : apply.arguments()) {
            lastUse.put(argument, i);
          }
        }
      }
      return lastUse;
    }

    private void addStep(Expr.Apply apply, int index, int inputs, Map<Expr, Integer> lastUse) {
      List<Expr> arguments = apply.arguments();
      int[] args = arguments.stream().mapToInt(places::get).toArray();
      // An argument read here for the last time may be overwritten: it is a full view.
      for (Expr argument : arguments.stream().distinct().toList()) {
        int place = places.get(argument);
        if (place >= inputs && lastUse.get(argument) == index) {
          free.add(place);
        }
      }
      int slot = free.isEmpty() ? inputs + temporaries++ : free.remove(free.size() - 1);
      places.put(apply, slot);
      steps.add(step(apply, args, slot));
    }

    private Step step(Expr.Apply apply, int[] args, int slot) {
      if (apply.operation() instanceof Primitive primitive) {
        return new Step(How.PRIMITIVE, primitive, null, args, slot);
      }
      NamedFunction function = (NamedFunction) apply.operation();
      boolean isNative = lowering == Lowering.NATIVE && backend.supports(function, dtype);
      return new Step(isNative ? How.NATIVE : How.DEFAULT, null, function, args, slot);
    }
  }

  @Override
  public String toString() {
    return (fused ? "fused " : "") + steps();
  }
}
