package io.ember4j.backend.pure;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The code of one method of a {@link ClassFile}: its instructions, its local variables, and the
 * frames that the verifier wants at the targets of jumps.
 */
final class Bytecode {
  /** Enough for any instruction here: four arguments of two slots each, and some. */
  static final int MAX_STACK = 12;

  private static final int GOTO = 0xA7;
  private static final int IF_GREATER_OR_EQUAL = 0xA2;

  /** The verification types of locals that are set before the loop. */
  record LocalType(int tag, int entry) {}

  private final ClassFile file;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<LocalType> types = new ArrayList<>();
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private int frameCount;
  private int lastFrame = -1;
  private int locals;
  private int exitJump = -1;
  private int loopStart = -1;

  Bytecode(ClassFile file, int parameters) {
    this.file = file;
    this.locals = parameters;
  }

  // ---- local variables

  /** Declares the next parameter or variable as one of a type that frames mention. */
  void declare(String descriptor) {
    types.add(
        switch (descriptor) {
          case "I" -> new LocalType(1, 0);
          case "F" -> new LocalType(2, 0);
          case "D" -> new LocalType(3, 0);
          default -> new LocalType(7, file.type(descriptor));
        });
  }

  /** Returns a new variable of as many slots as the descriptor's type takes. */
  int newLocal(String descriptor) {
    int local = locals;
    locals += descriptor.equals("D") || descriptor.equals("J") ? 2 : 1;
    return local;
  }

  int locals() {
    return locals;
  }

  /** Loads a variable: I, F, D, J or a reference. */
  void load(String descriptor, int local) {
    access(0x15 + typeOffset(descriptor), local);
  }

  void store(String descriptor, int local) {
    access(0x36 + typeOffset(descriptor), local);
  }

  void loadReference(int local) {
    access(0x19, local);
  }

  private static int typeOffset(String descriptor) {
    return switch (descriptor) {
      case "I" -> 0;
      case "J" -> 1;
      case "F" -> 2;
      case "D" -> 3;
      default -> 4;
    };
  }

  private void access(int opcode, int local) {
    if (local > 0xFF) {
      write(0xC4);
      write(opcode);
      writeShort(local);
    } else {
      write(opcode);
      write(local);
    }
  }

  /** Adds a small number, up to 127, to an int variable. */
  void increment(int local, int by) {
    if (local > 0xFF) {
      throw new IllegalStateException("the counter is local " + local);
    }
    write(0x84);
    write(local);
    write(by);
  }

  // ---- instructions

  /** Appends an instruction of one byte. */
  void op(int opcode) {
    write(opcode);
  }

  void push(int value) {
    write(0x13);
    writeShort(file.number(value));
  }

  void push(float value) {
    write(0x13);
    writeShort(file.number(value));
  }

  void push(long value) {
    write(0x14);
    writeShort(file.number(value));
  }

  void push(double value) {
    write(0x14);
    writeShort(file.number(value));
  }

  void getStatic(String owner, String field, String descriptor) {
    write(0xB2);
    writeShort(file.field(owner, field, descriptor));
  }

  void invokeStatic(String owner, String method, String descriptor) {
    write(0xB8);
    writeShort(file.method(owner, method, descriptor));
  }

  void invokeVirtual(String owner, String method, String descriptor) {
    write(0xB6);
    writeShort(file.method(owner, method, descriptor));
  }

  void invokeSpecial(String owner, String method, String descriptor) {
    write(0xB7);
    writeShort(file.method(owner, method, descriptor));
  }

  void checkCast(String type) {
    write(0xC0);
    writeShort(file.type(type));
  }

  void returnVoid() {
    write(0xB1);
  }

  // ---- the loop

  /** Starts the loop, which runs while the int variable is below the other one. */
  void startLoop(int counter, int limit) {
    loopStart = bytes.size();
    addFrame();
    load("I", counter);
    load("I", limit);
    exitJump = bytes.size();
    write(IF_GREATER_OR_EQUAL);
    writeShort(0);
  }

  /** Ends the loop; what follows runs after it. */
  void endLoop() {
    int jump = bytes.size();
    write(GOTO);
    writeShort(loopStart - jump);
    addFrame();
  }

  /** A frame here: the declared variables, and nothing on the stack. */
  private void addFrame() {
    int position = bytes.size();
    try (DataOutputStream out = new DataOutputStream(frames)) {
      out.writeByte(255);
      out.writeShort(position - lastFrame - 1);
      out.writeShort(types.size());
      for (LocalType type : types) {
        out.writeByte(type.tag());
        if (type.tag() == 7) {
          out.writeShort(type.entry());
        }
      }
      out.writeShort(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lastFrame = position;
    frameCount++;
  }

  // ---- the result

  /** Returns the number of bytes so far. */
  int size() {
    return bytes.size();
  }

  byte[] code() {
    byte[] code = bytes.toByteArray();
    if (exitJump >= 0) {
      int distance = lastFrame - exitJump;
      code[exitJump + 1] = (byte) (distance >> 8);
      code[exitJump + 2] = (byte) distance;
    }
    return code;
  }

  /** Returns the table of frames. */
  byte[] frames() {
    byte[] table = frames.toByteArray();
    byte[] counted = new byte[table.length + 2];
    counted[0] = (byte) (frameCount >> 8);
    counted[1] = (byte) frameCount;
    System.arraycopy(table, 0, counted, 2, table.length);
    return counted;
  }

  private void write(int b) {
    bytes.write(b);
  }

  private void writeShort(int value) {
    bytes.write(value >> 8);
    bytes.write(value);
  }
}
