package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;

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

  /** Methods beyond 8,000 bytes (HugeMethodLimit) are never compiled. */
  static final int MAX_SIZE = 8000;

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final String LOOP = Loop.class.getName().replace('.', '/');
  private static final String DESCRIPTOR = "(Ljava/lang/Object;I[Ljava/lang/Object;[II)V";

  // The parameters of Loop.run, after this.
  private static final int RESULT = 1;
  private static final int RESULT_OFFSET = 2;
  private static final int OPERANDS = 3;
  private static final int OFFSETS = 4;
  private static final int N = 5;

  private final Value root;
  private final long spread;
  private final InstructionWriter writer;
  private final String element;
  private final String array;
  private final ClassFile file = new ClassFile(LOOP + "Made", LOOP);
  private final Bytecode code = new Bytecode(file, 6);
  private final Map<Integer, int[]> inputs = new HashMap<>();
  private final Map<Value, Integer> variables = new HashMap<>();

  private LoopWriter(Value root, long spread, InstructionWriter writer) {
    this.root = root;
    this.spread = spread;
    this.writer = writer;
    this.element = root.code().dtype() == DType.FLOAT32 ? "F" : "D";
    this.array = "[" + element;
  }

  /**
   * Makes the loop that computes a value.
   *
   * @param spread bit k is set where operand k is one number for all elements
   */
  static Loop write(Value root, long spread, InstructionWriter writer) {
    byte[] bytes = new LoopWriter(root, spread, writer).toBytes();
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
    int result = declareArray(() -> code.loadReference(RESULT));
    for (Value value : root.code().values()) {
      if (live[value.index()] && value.op() == Op.INPUT) {
        declareInput((int) value.bits());
      }
    }
    int counter = declareInt();
    code.push(0);
    code.store("I", counter);
    int limit = declareInt();
    code.load("I", N);
    code.push(writer.width() - 1);
    code.op(0x64); // isub
    code.store("I", limit);
    while (code.size() < MIN_SIZE) {
      code.op(0); // nop
    }
    code.startLoop(counter, limit);
    for (Value value : root.code().values()) {
      if (live[value.index()]) {
        writeValue(value, counter);
      }
    }
    if (!variables.containsKey(root)) {
      push(root);
      keep(root);
    }
    writer.storeElements(code, variables.get(root), result, RESULT_OFFSET, counter);
    code.increment(counter, writer.width());
    code.endLoop();
    code.returnVoid();
    return file.toBytes("run", DESCRIPTOR, code);
  }

  private int declareInt() {
    code.declare("I");
    return code.newLocal("I");
  }

  private int declareArray(Runnable push) {
    code.declare(array);
    int local = code.newLocal(array);
    push.run();
    code.checkCast(array);
    code.store(array, local);
    return local;
  }

  /** Puts an operand into variables: its array and offset, or its one number. */
  private void declareInput(int operand) {
    int operandArray =
        declareArray(
            () -> {
              code.loadReference(OPERANDS);
              code.push(operand);
              code.op(0x32); // aaload
            });
    int offset = declareInt();
    code.loadReference(OFFSETS);
    code.push(operand);
    code.op(0x2E); // iaload
    code.store("I", offset);
    if (!isSpread(operand)) {
      inputs.put(operand, new int[] {operandArray, offset});
      return;
    }
    code.declare(element);
    int number = code.newLocal(element);
    code.loadReference(operandArray);
    code.load("I", offset);
    code.op(element.equals("F") ? 0x30 : 0x31); // faload, daload
    code.store(element, number);
    inputs.put(operand, new int[] {number});
  }

  private boolean isSpread(int operand) {
    return (spread >>> operand & 1) != 0;
  }

  private void writeValue(Value value, int counter) {
    switch (value.op()) {
      case INPUT -> {
        int[] input = inputs.get((int) value.bits());
        if (isSpread((int) value.bits())) {
          writer.pushNumber(code, input[0]);
        } else {
          writer.pushElements(code, input[0], input[1], counter);
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
