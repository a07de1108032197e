package io.ember4j.doctored;

import io.ember4j.naive.NaiveBackend;
import io.ember4j.naive.NaiveProvider;
import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;

/** Providers with and without something wrong, for class paths put together by a test. */
public final class Providers {
  private Providers() {}

  /** Sound. */
  public static class Alpha extends NaiveProvider {
    public Alpha() {
      this("alpha", 10);
    }

    Alpha(String name, int priority) {
      super(name, priority, new NaiveBackend(name));
    }
  }

  /** Sound, of the same priority as alpha. */
  public static final class Beta extends Alpha {
    public Beta() {
      super("beta", 10);
    }
  }

  /** Sound, of a higher priority. */
  public static final class Gamma extends Alpha {
    public Gamma() {
      super("gamma", 20);
    }
  }

  /** Claims a name that another has. */
  public static final class SecondAlpha extends Alpha {}

  /** Throws in its constructor. */
  public static final class Throwing extends Alpha {
    public Throwing() {
      throw new IllegalStateException("no luck today");
    }
  }

  /** Throws in its static initialiser. */
  public static final class ThrowingInitializer extends Alpha {
    static final int NEVER = Integer.parseInt("not a number");
  }

  /** The test deletes the class file of this one. */
  public static class Vanished extends Alpha {}

  /** Has a superclass that is missing. */
  public static final class Orphan extends Vanished {}

  /** Throws an error when asked for its name. */
  public static final class Nameless extends Alpha {
    @Override
    public String name() {
      throw new AssertionError("who am I");
    }
  }

  /** Has a name that nobody could type. */
  public static final class BadName extends Alpha {
    public BadName() {
      super("Bad Name", 1);
    }
  }

  /** Was made for another version of the SPI, without a method that this version asks for. */
  public static final class OldVersion extends Alpha {
    public OldVersion() {
      super("old", 30);
    }

    @Override
    public int spiVersion() {
      return 99;
    }

    @Override
    public String version() {
      throw new AbstractMethodError("version");
    }
  }

  /** Lacks a native library, which its probe finds out. */
  public static final class NoLibrary extends Alpha {
    public NoLibrary() {
      super("nolibrary", 30);
    }

    @Override
    public Availability availability() {
      throw new UnsatisfiedLinkError("no libfast in java.library.path");
    }
  }

  /** Cannot run, and says why and what to do. */
  public static final class Unavailable extends Alpha {
    public Unavailable() {
      super("unavailable", 40);
    }

    @Override
    public Availability availability() {
      return Availability.no("there is no such chip", "buy one");
    }
  }

  /** Lacks a class, which only creation finds out. */
  public static final class NoClass extends Alpha {
    public NoClass() {
      super("noclass", 5);
    }

    @Override
    public Backend create() {
      throw new NoClassDefFoundError("com/vendor/Fast");
    }
  }

  /** Claims the reserved priority. */
  public static final class Embedded extends Alpha {
    public Embedded() {
      super("embedded", EMBEDDED_DEFAULT_PRIORITY);
    }
  }

  /** Claims the reserved priority too. */
  public static final class SecondEmbedded extends Alpha {
    public SecondEmbedded() {
      super("second", EMBEDDED_DEFAULT_PRIORITY);
    }
  }
}
