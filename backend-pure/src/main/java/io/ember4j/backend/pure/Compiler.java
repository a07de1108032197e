package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Turns an expression into a {@link Program}: fused kernels as large as the budget allows.
 *
 * <p>Nodes are visited arguments first. Each keeps the set of nodes that a kernel for it would
 * compute, down to those that are in a register already; when that set outgrows the budget, the
 * node's arguments get kernels and registers of their own. A function that only a double-precision
 * routine computes, which none of the catalogue is, always has a register, and so has its argument.
 */
final class Compiler {
  /** The most instructions in one kernel: far below where compiled loops get slow. */
  private static final int MAX_INSTRUCTIONS = 200;

  /** The most arrays one kernel reads. */
  private static final int MAX_LEAVES = 12;

  private final DType dtype;
  private final Kernels kernels;
  private final Map<Expr, Integer> order = new HashMap<>();

  /** The nodes that a kernel for this node computes, itself included. */
  private final Map<Expr, Set<Expr>> open = new HashMap<>();

  /** Inputs, and nodes whose values are in a register. */
  private final Map<Expr, Integer> places = new HashMap<>();

  private final List<Program.Stage> stages = new ArrayList<>();
  private final Map<Operation, Integer> costs = new HashMap<>();
  private final int inputs;
  private int registers;

  private Compiler(DType dtype, int inputs, Kernels kernels) {
    this.dtype = dtype;
    this.kernels = kernels;
    this.inputs = inputs;
  }

  /** Returns the program of a root with that many inputs, of which it may read fewer. */
  static Program compile(Expr root, int inputs, DType dtype, Kernels kernels) {
    Expr expanded = root.expand(Compiler::isOneStep);
    return new Compiler(dtype, inputs, kernels).compile(expanded);
  }

  /** A body is the way only where there is no better one. */
  private static boolean isOneStep(NamedFunction function) {
    return KernelFunctions.of(function).isPresent() || function.routine().isPresent();
  }

  private Program compile(Expr root) {
    List<Expr> nodes = root.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Expr node = nodes.get(i);
      order.put(node, i);
      if (node instanceof Expr.Input input) {
        places.put(node, input.index());
      } else if (node instanceof Expr.Apply apply) {
        visit(apply);
      }
    }
    if (!isLastStage(root)) {
      addKernel(root);
    }
    return new Registers(inputs, stages).assign();
  }

  private boolean isLastStage(Expr root) {
    return !stages.isEmpty()
        && places.getOrDefault(root, -1) == stages.get(stages.size() - 1).target();
  }

  private void visit(Expr.Apply node) {
    Optional<DoubleUnaryOperator> routine = routine(node.operation());
    if (routine.isPresent()) {
      int argument = place(node.arguments().get(0));
      places.put(node, inputs + registers);
      stages.add(new Program.Routine(routine.get(), new int[] {argument}, inputs + registers++));
      return;
    }
    Set<Expr> nodes = gather(node);
    if (exceedsBudget(nodes)) {
      node.arguments().stream().filter(a -> a instanceof Expr.Apply).forEach(this::place);
      nodes = gather(node);
    }
    open.put(node, nodes);
  }

  /** Returns the routine that has to compute an operation, if nothing else does. */
  private static Optional<DoubleUnaryOperator> routine(Operation operation) {
    return operation instanceof NamedFunction function && KernelFunctions.of(function).isEmpty()
        ? function.routine()
        : Optional.empty();
  }

  private Set<Expr> gather(Expr.Apply node) {
    Set<Expr> nodes = new HashSet<>();
    nodes.add(node);
    for (Expr argument : node.arguments()) {
      if (!places.containsKey(argument) && argument instanceof Expr.Apply) {
        nodes.addAll(open.get(argument));
      }
    }
    return nodes;
  }

  private boolean exceedsBudget(Set<Expr> nodes) {
    return nodes.size() > 1
        && (nodes.stream().mapToInt(this::instructions).sum() > MAX_INSTRUCTIONS
            || leaves(nodes).size() > MAX_LEAVES);
  }

  private int instructions(Expr node) {
    Operation operation = ((Expr.Apply) node).operation();
    return costs.computeIfAbsent(operation, known -> Costs.instructions(known, dtype));
  }

  /** Returns the nodes with a place that these read. */
  private Set<Expr> leaves(Set<Expr> nodes) {
    Set<Expr> leaves = new LinkedHashSet<>();
    for (Expr node : nodes) {
      for (Expr argument : ((Expr.Apply) node).arguments()) {
        if (places.containsKey(argument)) {
          leaves.add(argument);
        }
      }
    }
    return leaves;
  }

  /** Returns where a node's value is, computing it there first if need be. */
  private int place(Expr node) {
    Integer known = places.get(node);
    return known != null ? known : addKernel(node);
  }

  /** Adds a kernel for a node and returns the register of its result. */
  private int addKernel(Expr node) {
    Set<Expr> nodes =
        node instanceof Expr.Apply && !places.containsKey(node) ? open.get(node) : Set.of();
    List<Expr> leaves = new ArrayList<>(places.containsKey(node) ? Set.of(node) : leaves(nodes));
    leaves.sort(Comparator.comparing(order::get));
    Code code = new Code(dtype);
    Lowering lowering = new Lowering(code, leaves.size());
    int[] arguments = new int[leaves.size()];
    for (int k = 0; k < arguments.length; k++) {
      arguments[k] = places.get(leaves.get(k));
      lowering.put(leaves.get(k), code.input(k));
    }
    List<Expr> ordered = new ArrayList<>(nodes);
    ordered.sort(Comparator.comparing(order::get));
    ordered.forEach(lowering::lower);
    Value root = lowering.lower(node);
    double[] numbers = lowering.numbers().stream().mapToDouble(number -> number).toArray();
    Kernel kernel = kernels.of(root, arguments.length + numbers.length);
    int target = inputs + registers++;
    stages.add(new Program.Fused(kernel, arguments, PureBuffer.numbers(dtype, numbers), target));
    places.put(node, target);
    return target;
  }
}
