package io.ember4j;

import io.ember4j.spi.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The values that tensors share: where they were made, and the most recent copy on another backend.
 *
 * <p>Tensors that share it (a reshape and its base) are counted; when the last is closed, both
 * buffers go back to their backends. Never closing is fine too: then the garbage collector frees
 * them.
 */
final class Storage {
  /** How far a change in place went. */
  enum Change {
    /** Nothing was written. */
    NONE,
    /** Some elements may have been written. */
    BROKEN,
    /** All elements were written. */
    DONE
  }

  private static final VarHandle ORIGIN;

  static {
    try {
      ORIGIN = MethodHandles.lookup().findVarHandle(Storage.class, "origin", Resident.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final DType dtype;

  /**
   * Changed under this object's lock, through {@link #ORIGIN} because it is also read without; null
   * once the last tensor is closed.
   */
  private Resident origin;

  private Resident copy;
  private int tensors = 1;
  private boolean changing;

  /** Takes over the resident's initial hold. */
  Storage(DType dtype, Resident origin) {
    this.dtype = dtype;
    this.origin = origin;
  }

  DType dtype() {
    return dtype;
  }

  /** Adds a tensor that shares these values. */
  synchronized void share() {
    checkReadable();
    tensors++;
  }

  /** Removes a tensor; the last one gives the buffers back. */
  synchronized void release() {
    if (--tensors == 0) {
      origin.release();
      if (copy != null) {
        copy.release();
      }
      ORIGIN.setRelease(this, null);
      copy = null;
    }
  }

  /** Returns the values where they are, held; the caller releases it. */
  synchronized Resident acquire() {
    checkReadable();
    return origin.retain();
  }

  /** Returns the values on the backend, held, bringing them over first if need be. */
  Resident acquire(ActiveBackend backend, boolean asked) {
    // Nearly every operand is where it was made, and then it takes no lock to hold it.
    Resident here = (Resident) ORIGIN.getAcquire(this);
    return here != null && here.backend() == backend && here.tryRetain()
        ? here
        : acquireOn(backend, asked);
  }

  private synchronized Resident acquireOn(ActiveBackend backend, boolean asked) {
    checkReadable();
    return residentOn(backend, asked).retain();
  }

  private Resident residentOn(ActiveBackend backend, boolean asked) {
    if (origin.backend() == backend) {
      return origin;
    }
    if (copy == null || copy.backend() != backend) {
      Resident fresh = Transfers.bring(origin, backend, asked);
      if (copy != null) {
        copy.release();
      }
      copy = fresh;
    }
    return copy;
  }

  /**
   * Starts a change in place and returns the values on the backend, claimed; until {@link
   * #endChange}, nobody else can read them.
   *
   * @throws InPlaceException if another tensor shares the values or a computation reads them
   */
  synchronized Resident startChange(ActiveBackend backend) {
    checkReadable();
    if (tensors > 1) {
      throw new InPlaceException(
          "cannot change this tensor in place: "
              + (tensors - 1)
              + " other tensor(s), such as a reshape or what a tape holds, share its values; close"
              + " them or use the form that returns a new tensor");
    }
    Resident resident = residentOn(backend, false);
    if (!resident.tryClaim()) {
      throw new InPlaceException(
          "cannot change this tensor in place: another computation is reading it; wait for it or"
              + " use the form that returns a new tensor");
    }
    changing = true;
    return resident;
  }

  /**
   * Ends a change in place: of the two places, the one that holds the right values stays. After a
   * change that broke off, that is the place where nothing was written, if there is one.
   */
  synchronized void endChange(Resident target, Change change) {
    changing = false;
    if (change == Change.NONE || copy == null) {
      target.endClaim(true);
      return;
    }
    Resident other = target == copy ? origin : copy;
    ORIGIN.setRelease(this, change == Change.DONE ? target : other);
    copy = null;
    // Only now can others hold what was claimed, when they no longer find what is not to stay.
    target.endClaim(change == Change.DONE);
    if (change == Change.DONE) {
      other.release();
    }
  }

  private void checkReadable() {
    if (tensors == 0) {
      throw new ClosedTensorException("the tensor was closed while it was about to be used");
    }
    if (changing) {
      throw new InPlaceException(
          "the tensor is being changed in place by another thread; order the two calls");
    }
  }

  /** Returns a storage around a buffer just made by the backend. */
  static Storage around(ActiveBackend backend, Buffer buffer) {
    return new Storage(buffer.dtype(), new Resident(backend, buffer));
  }
}
