package io.ember4j.stress;

import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Passes calls on to another backend, fails some of them, and keeps account of the buffers. */
final class FaultyBackend implements InvocationHandler {
  /** One call in this many fails. */
  private static final int RARITY = 20;

  private static final Set<String> FAILING =
      Set.of(
          "allocate",
          "upload",
          "download",
          "apply",
          "evaluate",
          "reduce",
          "matmul",
          "copy",
          "convert",
          "softmax");

  /** What an injected fault throws. */
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String method) {
      super("injected into " + method);
    }
  }

  private final Backend good;
  private final Set<Buffer> owned = ConcurrentHashMap.newKeySet();
  private final AtomicLong faults = new AtomicLong();
  private final AtomicLong wrongReleases = new AtomicLong();

  FaultyBackend(Backend good) {
    this.good = good;
  }

  /** Returns this as a backend. */
  Backend backend() {
    ClassLoader loader = Backend.class.getClassLoader();
    return (Backend) Proxy.newProxyInstance(loader, new Class<?>[] {Backend.class}, this);
  }

  /** Returns how many buffers have been handed out and not come back. */
  int owned() {
    return owned.size();
  }

  long faults() {
    return faults.get();
  }

  /** Returns how many buffers came back that were not out. */
  long wrongReleases() {
    return wrongReleases.get();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (FAILING.contains(method.getName()) && ThreadLocalRandom.current().nextInt(RARITY) == 0) {
      faults.incrementAndGet();
      throw new Fault(method.getName());
    }
    if (method.getName().equals("release") && !owned.remove(arguments[0])) {
      wrongReleases.incrementAndGet();
      return null;
    }
    try {
      Object result = method.invoke(good, arguments);
      if (method.getName().equals("allocate")) {
        owned.add((Buffer) result);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
