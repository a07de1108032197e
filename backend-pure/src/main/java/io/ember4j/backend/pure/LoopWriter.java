package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns a {@link Code} into a {@link Loop}: a hidden class whose one method holds the whole
 * straight line of instructions, so that the JIT compiler sees one loop and nothing to inline but
 * the instructions themselves. The class is unloaded when its loop is dropped.
 */
final class LoopWriter {
  /**
   * The JIT compiler inlines a hot method of up to 325 bytes (FreqInlineSize). A vector loop that
   * gets inlined may lose its vectors to the heap, so no loop is shorter than this.
   */
  private static final int MIN_SIZE = 340;

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final String LOOP = Loop.class.getName().replace('.', '/');
  private static final String LOOP_RUN = "(Ljava/lang/Object;I[Ljava/lang/Object;[II)V";
  private static final String STRIP_LOOP = StripLoop.class.getName().replace('.', '/');
  private static final String STRIP_LOOP_RUN = "(Ljava/lang/Object;I[Ljava/lang/Object;[III[I)V";

  // The parameters of Loop.run, after this, and what StripLoop.run has in addition.
  private static final int RESULT = 1;
  private static final int RESULT_OFFSET = 2;
  private static final int OPERANDS = 3;
  private static final int OFFSETS = 4;
  private static final int N = 5;
  private static final int RESULT_STRIDE = 6;
  private static final int STRIDES = 7;

  private static final int NO_VARIABLE = -1;

  /** An operand in variables: its array, where to begin, rows of a strip apart, the one number. */
  private record Input(int array, int offset, int stride, int number) {}

  /** A part of what one round of the loop computes: a vector, so many rows and elements ahead. */
  private record Part(int row, int ahead) {}

  private final LoopShape shape;
  private final Value root;
  private final InstructionWriter writer;
  private final boolean isStrip;
  private final Part[] parts;
  private final String element;
  private final String array;
  private final ClassFile file;
  private final Bytecode code;
  private final Map<Integer, Input> inputs = new HashMap<>();
  private final Map<Value, Integer> variables = new HashMap<>();

  private LoopWriter(LoopShape shape, InstructionWriter writer, boolean isStrip) {
    this.shape = shape;
    this.root = shape.root();
    this.writer = writer;
    this.isStrip = isStrip;
    this.parts = isStrip ? stripParts() : parts();
    this.file =
        isStrip
            ? new ClassFile(STRIP_LOOP + "Made", STRIP_LOOP)
            : new ClassFile(LOOP + "Made", LOOP);
    this.code = new Bytecode(file, isStrip ? STRIDES + 1 : N + 1);
    this.element = root.code().dtype() == DType.FLOAT32 ? "F" : "D";
    this.array = "[" + element;
  }

  /** Makes a loop, for single elements or for vectors. */
  static Loop write(LoopShape shape, InstructionWriter writer) {
    return (Loop) define(new LoopWriter(shape, writer, false).toBytes());
  }

  /** Makes a loop down a strip. */
  static StripLoop writeStrip(LoopShape shape, InstructionWriter writer) {
    return (StripLoop) define(new LoopWriter(shape, writer, true).toBytes());
  }

  private static Object define(byte[] bytes) {
    try {
      return LOOKUP
          .defineHiddenClass(bytes, false, MethodHandles.Lookup.ClassOption.NESTMATE)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a loop that the JVM refuses", e);
    }
  }

  /** A fold computes all its lanes in one round, an extreme in vectors a few times. */
  private Part[] parts() {
    boolean inCopies = shape.fold().isExtreme() && writer.width() > 1;
    int count = shape.fold() == Fold.NONE ? 1 : Fold.LANES / writer.width();
    Part[] made = new Part[inCopies ? Fold.COPIES * count : count];
    for (int i = 0; i < made.length; i++) {
      made[i] = new Part(0, i * writer.width());
    }
    return made;
  }

  /** The lanes of a sum are rows; all else computes one row. */
  private Part[] stripParts() {
    boolean inLanes = shape.fold() == Fold.SUM;
    Part[] made = new Part[inLanes ? Fold.LANES : Strip.vectors(shape.fold())];
    for (int i = 0; i < made.length; i++) {
      made[i] = inLanes ? new Part(i, 0) : new Part(0, i * writer.width());
    }
    return made;
  }

  private byte[] toBytes() {
    code.declare(file.name());
    code.declare("java/lang/Object");
    code.declare("I");
    code.declare("[Ljava/lang/Object;");
    code.declare("[I");
    code.declare("I");
    if (isStrip) {
      code.declare("I");
      code.declare("[I");
    }
    boolean[] live = root.code().live(root);
    boolean stores = shape.fold() == Fold.NONE;
    int result = stores ? declareArray(() -> code.loadReference(RESULT)) : -1;
    for (Value value : root.code().values()) {
      if (live[value.index()] && value.op() == Op.INPUT) {
        inputs.put((int) value.bits(), declareInput((int) value.bits(), shape.isSpread(value)));
      }
    }
    Input lanesAt = stores ? null : declareInput(shape.operands(), false);
    int[] lanes = new int[stores ? 0 : parts.length];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = declareLanes(lanesAt, parts[i]);
    }
    int counter = declareInt(() -> code.push(0));
    Part last = parts[parts.length - 1];
    int step = isStrip ? last.row() + 1 : last.ahead() + writer.width();
    int limit = declareInt(() -> pushLimit(step));
    while (code.size() < MIN_SIZE) {
      code.op(0); // nop
    }
    code.startLoop(counter, limit);
    for (int i = 0; i < parts.length; i++) {
      writeValues(live, counter, parts[i]);
      if (stores) {
        writer.storeElements(
            code,
            variables.get(root),
            result,
            place(RESULT_OFFSET, RESULT_STRIDE, counter, parts[i]));
      } else {
        fold(lanes[i], variables.get(root));
      }
      variables.keySet().removeIf(value -> value.op().arity() > 0 || value.op() == Op.INPUT);
    }
    code.increment(counter, step);
    code.endLoop();
    // The rows of a strip's sum become one, and the copies of an extreme's lanes.
    int kept = isStrip ? Strip.vectors(shape.fold()) : Fold.LANES / writer.width();
    int left = lanes.length;
    while (left > kept) {
      left /= 2;
      for (int i = 0; i < left; i++) {
        fold(lanes[i], lanes[i + left]);
      }
    }
    for (int i = 0; i < left; i++) {
      writer.storeElements(code, lanes[i], lanesAt.array(), place(lanesAt.offset(), parts[i]));
    }
    code.returnVoid();
    return file.toBytes("run", isStrip ? STRIP_LOOP_RUN : LOOP_RUN, code);
  }

  /** Leaves the fold of a lane and a value in the lane. */
  private void fold(int lane, int value) {
    writer.pushOperation(code, shape.fold().op(), lane, value);
    code.store(real(), lane);
  }

  // ---- variables that are set before the loop

  private String real() {
    return writer.variable(Op.Kind.REAL);
  }

  private int declareInt(Runnable push) {
    code.declare("I");
    int local = code.newLocal("I");
    push.run();
    code.store("I", local);
    return local;
  }

  private int declareArray(Runnable push) {
    code.declare(array);
    int local = code.newLocal(array);
    push.run();
    code.checkCast(array);
    code.store(array, local);
    return local;
  }

  private Input declareInput(int operand, boolean isSpread) {
    int operandArray =
        declareArray(
            () -> {
              code.loadReference(OPERANDS);
              code.push(operand);
              code.op(0x32); // aaload
            });
    int offset = declareInt(() -> pushElement(OFFSETS, operand));
    int stride = isStrip ? declareInt(() -> pushElement(STRIDES, operand)) : NO_VARIABLE;
    if (!isSpread) {
      return new Input(operandArray, offset, stride, NO_VARIABLE);
    }
    code.declare(element);
    int number = code.newLocal(element);
    code.loadReference(operandArray);
    code.load("I", offset);
    code.op(element.equals("F") ? 0x30 : 0x31); // faload, daload
    code.store(element, number);
    return new Input(operandArray, offset, stride, number);
  }

  private void pushElement(int ints, int index) {
    code.loadReference(ints);
    code.push(index);
    code.op(0x2E); // iaload
  }

  private int declareLanes(Input at, Part part) {
    code.declare(real());
    int local = code.newLocal(real());
    Part lane = isStrip ? part : new Part(0, part.ahead() % Fold.LANES);
    writer.pushElements(code, at.array(), place(at.offset(), lane));
    code.store(real(), local);
    return local;
  }

  private void pushLimit(int step) {
    code.load("I", N);
    code.push(step - 1);
    code.op(0x64); // isub
  }

  // ---- places in arrays

  /** The place of a part of the lanes. */
  private static Consumer<Bytecode> place(int offset, Part part) {
    return bytecode -> {
      bytecode.load("I", offset);
      pushSum(bytecode, part.ahead());
    };
  }

  /** The place of a part of the round that the counter is at. */
  private Consumer<Bytecode> place(int offset, int stride, int counter, Part part) {
    return bytecode -> {
      bytecode.load("I", offset);
      bytecode.load("I", counter);
      if (isStrip) {
        pushSum(bytecode, part.row());
        bytecode.load("I", stride);
        bytecode.op(0x68); // imul
      }
      bytecode.op(0x60); // iadd
      pushSum(bytecode, part.ahead());
    };
  }

  private static void pushSum(Bytecode bytecode, int ahead) {
    if (ahead > 0) {
      bytecode.push(ahead);
      bytecode.op(0x60); // iadd
    }
  }

  // ---- the loop

  /** Leaves the root in a variable. */
  private void writeValues(boolean[] live, int counter, Part part) {
    for (Value value : root.code().values()) {
      if (live[value.index()] && !variables.containsKey(value)) {
        writeValue(value, counter, part);
      }
    }
    if (!variables.containsKey(root)) {
      push(root);
      keep(root);
    }
  }

  private void writeValue(Value value, int counter, Part part) {
    switch (value.op()) {
      case INPUT -> {
        Input input = inputs.get((int) value.bits());
        if (shape.isSpread(value)) {
          writer.pushNumber(code, input.number());
        } else {
          writer.pushElements(
              code, input.array(), place(input.offset(), input.stride(), counter, part));
        }
        keep(value);
      }
      case CONSTANT, BITS_CONSTANT -> {
        // Inside the loop, from where the compiler moves it out; as a variable from outside, its
        // exact type would be lost where the JVM enters the loop in the middle.
        if (writer.width() > 1) {
          writer.pushConstant(code, value);
          keep(value);
        }
      }
      default -> {
        push(value);
        keep(value);
      }
    }
  }

  private void push(Value value) {
    Integer variable = variables.get(value);
    if (variable != null) {
      code.load(writer.variable(value.op().kind()), variable);
    } else if (value.op() == Op.CONSTANT || value.op() == Op.BITS_CONSTANT) {
      writer.pushConstant(code, value);
    } else {
      writer.pushResult(code, value, this::push);
    }
  }

  private void keep(Value value) {
    String type = writer.variable(value.op().kind());
    int local = code.newLocal(type);
    code.store(type, local);
    variables.put(value, local);
  }
}
