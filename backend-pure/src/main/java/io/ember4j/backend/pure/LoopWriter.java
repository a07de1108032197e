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
  private static final String DESCRIPTOR = "(Ljava/lang/Object;I[Ljava/lang/Object;[II)V";

  // The parameters of Loop.run, after this.
  private static final int RESULT = 1;
  private static final int RESULT_OFFSET = 2;
  private static final int OPERANDS = 3;
  private static final int OFFSETS = 4;
  private static final int N = 5;

  /** An operand in variables: its array and where to begin, or the one number. */
  private record Input(int array, int offset, int number) {}

  private final LoopShape shape;
  private final Value root;
  private final InstructionWriter writer;
  private final String element;
  private final String array;
  private final ClassFile file = new ClassFile(LOOP + "Made", LOOP);
  private final Bytecode code = new Bytecode(file, 6);
  private final Map<Integer, Input> inputs = new HashMap<>();
  private final Map<Value, Integer> variables = new HashMap<>();

  private LoopWriter(LoopShape shape, InstructionWriter writer) {
    this.shape = shape;
    this.root = shape.root();
    this.writer = writer;
    this.element = root.code().dtype() == DType.FLOAT32 ? "F" : "D";
    this.array = "[" + element;
  }

  /** Makes a loop, for single elements or for vectors. */
  static Loop write(LoopShape shape, InstructionWriter writer) {
    byte[] bytes = new LoopWriter(shape, writer).toBytes();
    try {
      return (Loop)
          LOOKUP
              .defineHiddenClass(bytes, false, MethodHandles.Lookup.ClassOption.NESTMATE)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a loop that the JVM refuses", e);
    }
  }

  private byte[] toBytes() {
    code.declare(file.name());
    code.declare("java/lang/Object");
    code.declare("I");
    code.declare("[Ljava/lang/Object;");
    code.declare("[I");
    code.declare("I");
    boolean[] live = root.code().live(root);
    boolean stores = shape.fold() == Fold.NONE;
    int result = stores ? declareArray(() -> code.loadReference(RESULT)) : -1;
    for (Value value : root.code().values()) {
      if (live[value.index()] && value.op() == Op.INPUT) {
        inputs.put((int) value.bits(), declareInput((int) value.bits(), shape.isSpread(value)));
      }
    }
    int[] lanes = new int[stores ? 0 : Fold.LANES / writer.width()];
    Input lanesAt = lanes.length == 0 ? null : declareInput(shape.operands(), false);
    for (int part = 0; part < lanes.length; part++) {
      lanes[part] = declareLanes(lanesAt, part);
    }
    int counter = declareInt(() -> code.push(0));
    int step = Math.max(1, lanes.length) * writer.width();
    int limit = declareInt(() -> pushLimit(step));
    while (code.size() < MIN_SIZE) {
      code.op(0); // nop
    }
    code.startLoop(counter, limit);
    for (int part = 0; part < Math.max(1, lanes.length); part++) {
      int ahead = part * writer.width();
      writeValues(live, counter, ahead);
      if (stores) {
        writer.storeElements(
            code, variables.get(root), result, place(RESULT_OFFSET, counter, ahead));
      }
      if (lanes.length > 0) {
        writer.pushOperation(code, shape.fold().op(), lanes[part], variables.get(root));
        code.store(real(), lanes[part]);
      }
      variables.keySet().removeIf(value -> value.op().arity() > 0 || value.op() == Op.INPUT);
    }
    code.increment(counter, step);
    code.endLoop();
    for (int part = 0; part < lanes.length; part++) {
      writer.storeElements(code, lanes[part], lanesAt.array(), place(lanesAt.offset(), part));
    }
    code.returnVoid();
    return file.toBytes("run", DESCRIPTOR, code);
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
    int offset =
        declareInt(
            () -> {
              code.loadReference(OFFSETS);
              code.push(operand);
              code.op(0x2E); // iaload
            });
    if (!isSpread) {
      return new Input(operandArray, offset, -1);
    }
    code.declare(element);
    int number = code.newLocal(element);
    code.loadReference(operandArray);
    code.load("I", offset);
    code.op(element.equals("F") ? 0x30 : 0x31); // faload, daload
    code.store(element, number);
    return new Input(operandArray, offset, number);
  }

  private int declareLanes(Input at, int part) {
    code.declare(real());
    int local = code.newLocal(real());
    writer.pushElements(code, at.array(), place(at.offset(), part));
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
  private Consumer<Bytecode> place(int offset, int part) {
    return bytecode -> {
      bytecode.load("I", offset);
      pushSum(bytecode, part * writer.width());
    };
  }

  private static Consumer<Bytecode> place(int offset, int counter, int ahead) {
    return bytecode -> {
      bytecode.load("I", offset);
      bytecode.load("I", counter);
      bytecode.op(0x60); // iadd
      pushSum(bytecode, ahead);
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
  private void writeValues(boolean[] live, int counter, int ahead) {
    for (Value value : root.code().values()) {
      if (live[value.index()] && !variables.containsKey(value)) {
        writeValue(value, counter, ahead);
      }
    }
    if (!variables.containsKey(root)) {
      push(root);
      keep(root);
    }
  }

  private void writeValue(Value value, int counter, int ahead) {
    switch (value.op()) {
      case INPUT -> {
        Input input = inputs.get((int) value.bits());
        if (shape.isSpread(value)) {
          writer.pushNumber(code, input.number());
        } else {
          writer.pushElements(code, input.array(), place(input.offset(), counter, ahead));
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
