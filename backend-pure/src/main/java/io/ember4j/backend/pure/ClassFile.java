package io.ember4j.backend.pure;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A class of a constructor and one method, in the format of the Java Virtual Machine Specification,
 * chapter 4 (version 61, Java 17).
 */
final class ClassFile {
  private static final int FINAL = 0x0010;
  private static final int SUPER = 0x0020;

  private final String name;
  private final String superclass;
  private final ByteArrayOutputStream poolBytes = new ByteArrayOutputStream();
  private final DataOutputStream pool = new DataOutputStream(poolBytes);
  private final Map<List<Object>, Integer> entries = new HashMap<>();
  private int nextEntry = 1;

  /** Names are internal ones, with slashes. */
  ClassFile(String name, String superclass) {
    this.name = name;
    this.superclass = superclass;
  }

  String name() {
    return name;
  }

  // ---- constant pool: each returns the index of an entry, which is added if it is new

  int utf8(String text) {
    return entry(1, 1, text);
  }

  int type(String internalName) {
    return entry(7, 1, utf8(internalName));
  }

  int field(String owner, String field, String descriptor) {
    return entry(9, 1, type(owner), nameAndType(field, descriptor));
  }

  int method(String owner, String method, String descriptor) {
    return entry(10, 1, type(owner), nameAndType(method, descriptor));
  }

  int number(int value) {
    return entry(3, 1, value);
  }

  int number(float value) {
    return entry(4, 1, value);
  }

  int number(long value) {
    return entry(5, 2, value);
  }

  int number(double value) {
    return entry(6, 2, value);
  }

  private int nameAndType(String entryName, String descriptor) {
    return entry(12, 1, utf8(entryName), utf8(descriptor));
  }

  private int entry(int tag, int slots, Object... content) {
    List<Object> key = List.of(tag, List.of(content));
    Integer known = entries.get(key);
    if (known != null) {
      return known;
    }
    try {
      pool.writeByte(tag);
      for (Object item : content) {
        if (item instanceof String text) {
          pool.writeUTF(text);
        } else if (item instanceof Float number) {
          pool.writeInt(Float.floatToRawIntBits(number));
        } else if (item instanceof Long number) {
          pool.writeLong(number);
        } else if (item instanceof Double number) {
          pool.writeLong(Double.doubleToRawLongBits(number));
        } else if (tag == 3) {
          pool.writeInt((Integer) item);
        } else {
          pool.writeShort((Integer) item);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.put(key, nextEntry);
    nextEntry += slots;
    return nextEntry - slots;
  }

  // ---- the whole

  /** Returns the bytes of a final class with a constructor without arguments and the method. */
  byte[] toBytes(String method, String descriptor, Bytecode body) {
    Bytecode constructor = new Bytecode(this, 1);
    constructor.loadReference(0);
    constructor.invokeSpecial(superclass, "<init>", "()V");
    constructor.returnVoid();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      ByteArrayOutputStream methods = new ByteArrayOutputStream();
      try (DataOutputStream methodsOut = new DataOutputStream(methods)) {
        writeMethod(methodsOut, 0, "<init>", "()V", constructor);
        writeMethod(methodsOut, FINAL, method, descriptor, body);
      }
      int thisType = type(name);
      int superType = type(superclass);
      out.writeInt(0xCAFEBABE);
      out.writeInt(61);
      out.writeShort(nextEntry);
      poolBytes.writeTo(out);
      out.writeShort(FINAL | SUPER);
      out.writeShort(thisType);
      out.writeShort(superType);
      out.writeShort(0); // interfaces
      out.writeShort(0); // fields
      out.writeShort(2);
      methods.writeTo(out);
      out.writeShort(0); // attributes
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeMethod(
      DataOutputStream out, int access, String method, String descriptor, Bytecode body)
      throws IOException {
    byte[] code = body.code();
    byte[] frames = body.frames();
    int attribute = utf8("StackMapTable");
    out.writeShort(access);
    out.writeShort(utf8(method));
    out.writeShort(utf8(descriptor));
    out.writeShort(1);
    out.writeShort(utf8("Code"));
    out.writeInt(12 + code.length + 6 + frames.length);
    out.writeShort(Bytecode.MAX_STACK);
    out.writeShort(body.locals());
    out.writeInt(code.length);
    out.write(code);
    out.writeShort(0); // exception table
    out.writeShort(1);
    out.writeShort(attribute);
    out.writeInt(frames.length);
    out.write(frames);
  }
}
