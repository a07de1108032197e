package io.ember4j.doctored;

import io.ember4j.BackendInfo;
import io.ember4j.BackendReport;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Asks {@link Backends} what the arguments say, one after another, and prints a line for each
 * answer; run in a JVM of its own.
 */
public final class Probe {
  private Probe() {}

  public static void main(String[] commands) throws Exception {
    for (String command : commands) {
      String[] words = command.split(" ", 2);
      try {
        run(words[0], words.length > 1 ? words[1] : "");
      } catch (RuntimeException | Error e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void run(String word, String argument) throws MalformedURLException {
    switch (word) {
      case "available" ->
          System.out.println(Backends.available().stream().map(BackendInfo::name).toList());
      case "report" -> {
        BackendReport report = Backends.report();
        report.backends().forEach(b -> System.out.println(b.name() + " " + b.availability()));
        report.failures().forEach(System.out::println);
      }
      case "current" ->
          System.out.println(Backends.current().name() + ", " + Backends.currentReason());
      case "get" -> System.out.println(Backends.get(argument).name());
      case "set" -> {
        Backends.set(argument);
        System.out.println("set");
      }
      case "use" -> {
        try (BackendScope scope = Backends.use(argument)) {
          System.out.println(Backends.current().name() + ", " + Backends.currentReason());
        }
      }
      case "transfer" -> {
        Tensor x = Tensor.ones(2);
        try (BackendScope scope = Backends.use(argument)) {
          System.out.println(Ops.add(x, 1).toFloatArray()[0]);
        }
      }
      case "context" ->
          Thread.currentThread().setContextClassLoader(new Reloading(Path.of(argument)));
      default -> throw new IllegalArgumentException(word);
    }
  }

  /** Loads the providers again, as classes of its own, from a folder. */
  private static final class Reloading extends URLClassLoader {
    Reloading(Path folder) throws MalformedURLException {
      super(new URL[] {folder.toUri().toURL()}, Probe.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith("io.ember4j.doctored.Providers") && findLoadedClass(name) == null) {
          return findClass(name);
        }
        return super.loadClass(name, resolve);
      }
    }
  }
}
