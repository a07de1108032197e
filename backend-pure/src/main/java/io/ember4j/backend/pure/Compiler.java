package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns an expression into a {@link Program}: one step per node, each node once, in the order of
 * {@link Expr#nodes()}; a register is used again as soon as nothing reads it any more.
 */
final class Compiler {
  /**
   * How many constants keep a register for the whole evaluation. Those beyond are set anew in every
   * block, so that an expression of 100,000 constants does not need 100,000 registers.
   */
  private static final int KEPT_CONSTANTS = 64;

  private final DType dtype;
  private final Programs programs;
  private final Map<Expr, Integer> places = new HashMap<>();
  private final Map<Expr, Integer> lastUses = new HashMap<>();
  private final List<Integer> free = new ArrayList<>();
  private final List<Step> prologue = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private int registers;

  private Compiler(DType dtype, Programs programs) {
    this.dtype = dtype;
    this.programs = programs;
  }

  /** Returns the program of a root with that many inputs, of which it may read fewer. */
  static Program compile(Expr root, int inputs, DType dtype, Programs programs) {
    // In float64 nothing is rounded at the end of a function, so bodies can stand in line.
    Expr flat =
        dtype == DType.FLOAT64 ? root.expand(function -> function.routine().isPresent()) : root;
    return new Compiler(dtype, programs).compile(flat, inputs);
  }

  private Program compile(Expr root, int inputs) {
    registers = inputs;
    List<Expr> nodes = root.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Expr.Apply apply) {
        for (Expr argument : apply.arguments()) {
          lastUses.put(argument, i);
        }
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      Expr node = nodes.get(i);
      if (node instanceof Expr.Input input) {
        places.put(node, input.index());
      } else if (node instanceof Expr.Constant constant) {
        places.put(node, placeConstant(constant));
      } else if (node instanceof Expr.Apply apply) {
        places.put(node, addStep(apply, i, inputs));
      }
    }
    return new Program(
        inputs, registers, List.copyOf(prologue), List.copyOf(steps), places.get(root));
  }

  private int placeConstant(Expr.Constant constant) {
    if (prologue.size() < KEPT_CONSTANTS) {
      int register = registers++;
      prologue.add(new Step.Fill(constant.value(), register));
      // Never given back: later blocks read it again.
      lastUses.remove(constant);
      return register;
    }
    int register = takeRegister();
    steps.add(new Step.Fill(constant.value(), register));
    return register;
  }

  private int addStep(Expr.Apply apply, int index, int inputs) {
    List<Integer> arguments = apply.arguments().stream().map(places::get).toList();
    for (Expr argument : apply.arguments()) {
      int place = places.get(argument);
      // Removed once found, so that an argument used twice in one step is given back once.
      if (place >= inputs && lastUses.remove(argument, index)) {
        free.add(place);
      }
    }
    int target = takeRegister();
    steps.add(step(apply, arguments, target));
    return target;
  }

  private int takeRegister() {
    return free.isEmpty() ? registers++ : free.remove(free.size() - 1);
  }

  private Step step(Expr.Apply apply, List<Integer> arguments, int target) {
    if (apply.operation() instanceof Primitive primitive) {
      return step(primitive, arguments, target);
    }
    NamedFunction function = (NamedFunction) apply.operation();
    return function
        .routine()
        .<Step>map(routine -> new Step.Routine(routine, arguments.get(0), target))
        .orElseGet(() -> new Step.Body(bodyOf(function), arguments, target));
  }

  private Step step(Primitive primitive, List<Integer> arguments, int target) {
    boolean transcendental =
        switch (primitive) {
          case EXP, LOG, TANH -> true;
          default -> false;
        };
    if (dtype == DType.FLOAT32 && transcendental) {
      // In three loops, because JDK 17 pays 10 ns for each conversion right before a call.
      return new Step.Body(programs.of(primitive, DType.FLOAT64), arguments, target);
    }
    int a = arguments.get(0);
    int b = arguments.size() > 1 ? arguments.get(1) : 0;
    int c = arguments.size() > 2 ? arguments.get(2) : 0;
    return new Step.Apply(primitive, a, b, c, target);
  }

  private Program bodyOf(NamedFunction function) {
    if (dtype == DType.FLOAT64) {
      throw new IllegalStateException(function + " should have been expanded");
    }
    return programs.ofBody(function);
  }
}
