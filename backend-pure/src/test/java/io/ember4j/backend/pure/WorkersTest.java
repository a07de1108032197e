package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 5", "2, 0", "2, 1", "2, 2", "2, 1000", "3, 2", "8, 3", "8, 1000"})
  void doesEachPartOnce(int threads, int tasks) {
    Workers workers = new Workers(threads);
    for (int round = 0; round < 200; round++) {
      AtomicIntegerArray times = new AtomicIntegerArray(tasks);
      workers.execute(tasks, times::incrementAndGet);
      for (int i = 0; i < tasks; i++) {
        assertEquals(1, times.get(i));
      }
    }
  }

  @Test
  void partsRunAtTheSameTimeAndTheCallerTakesPart() {
    Workers workers = new Workers(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier all = new CyclicBarrier(3);
    workers.execute(
        3,
        i -> {
          threads.add(Thread.currentThread());
          await(all);
        });
    assertEquals(3, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
  }

  @Test
  void wakesHelpersThatHaveGoneToSleep() throws InterruptedException {
    Workers workers = new Workers(2);
    for (int round = 0; round < 20; round++) {
      CyclicBarrier both = new CyclicBarrier(2);
      workers.execute(2, i -> await(both));
      Thread.sleep(5);
    }
  }

  @Test
  void helpersAreDaemonsAndStartedOnlyWhenNeeded() {
    Workers workers = new Workers(2);
    assertFalse(workers.isStarted());
    workers.execute(1, i -> {});
    workers.execute(false, 5, i -> {});
    assertFalse(workers.isStarted());
    CyclicBarrier both = new CyclicBarrier(2);
    Thread caller = Thread.currentThread();
    workers.execute(
        2,
        i -> {
          assertTrue(Thread.currentThread() == caller || Thread.currentThread().isDaemon());
          await(both);
        });
    assertTrue(workers.isStarted());
  }

  @Test
  void aCallFromWithinAPartStaysInItsThread() {
    Workers workers = new Workers(3);
    workers.execute(
        20,
        i -> {
          Thread mine = Thread.currentThread();
          workers.execute(20, j -> assertSame(mine, Thread.currentThread()));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void throwsWhatAPartThrewAndGoesOn(int threads) {
    Workers workers = new Workers(threads);
    for (int round = 0; round < 200; round++) {
      IllegalStateException failure = new IllegalStateException("part 7");
      AtomicInteger running = new AtomicInteger();
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.execute(
                      50,
                      i -> {
                        running.incrementAndGet();
                        try {
                          if (i == 7) {
                            throw failure;
                          }
                        } finally {
                          running.decrementAndGet();
                        }
                      }));
      assertSame(failure, thrown);
      assertEquals(0, running.get());
      AtomicInteger done = new AtomicInteger();
      workers.execute(50, i -> done.incrementAndGet());
      assertEquals(50, done.get());
    }
  }

  @Test
  void throwsErrorsToo() {
    Workers workers = new Workers(2);
    assertThrows(
        StackOverflowError.class,
        () ->
            workers.execute(
                2,
                i -> {
                  throw new StackOverflowError();
                }));
  }

  @Test
  void manyCallersGoOnWhileTheHelpersAreBusy() throws InterruptedException {
    Workers workers = new Workers(2);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(2);
    Thread blocker =
        new Thread(
            () ->
                workers.execute(
                    2,
                    i -> {
                      busy.countDown();
                      await(release);
                    }));
    blocker.start();
    assertTrue(busy.await(30, TimeUnit.SECONDS)); // the caller and the only helper
    List<Thread> callers = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    for (int c = 0; c < 8; c++) {
      Thread caller = new Thread(() -> workers.execute(100, i -> done.incrementAndGet()));
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(800, done.get());
    release.countDown();
    blocker.join();
  }

  @Test
  void manyCallersAtOnceEachGetTheirOwnResults() throws InterruptedException {
    Workers workers = new Workers(3);
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      Thread caller =
          new Thread(
              () -> {
                for (int round = 0; round < 2000; round++) {
                  int[] square = new int[7];
                  workers.execute(7, i -> square[i] = i * i + 1);
                  for (int i = 0; i < 7; i++) {
                    wrong.addAndGet(square[i] == i * i + 1 ? 0 : 1);
                  }
                }
              });
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(0, wrong.get());
  }

  @Test
  void anInterruptOfTheCallerIsKeptAndDoesNotStopTheJob() {
    Workers workers = new Workers(2);
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger done = new AtomicInteger();
    Thread caller = Thread.currentThread();
    workers.execute(
        2,
        i -> {
          await(both);
          if (Thread.currentThread() == caller) {
            caller.interrupt();
          } else {
            sleep();
          }
          done.incrementAndGet();
        });
    assertTrue(Thread.interrupted());
    assertEquals(2, done.get());
  }

  @Test
  void thePropertySaysHowMany() {
    assertEquals(4, Workers.threads(null, 4));
    assertEquals(4, Workers.threads(" ", 4));
    assertEquals(1, Workers.threads("1", 4));
    assertEquals(16, Workers.threads(" 16 ", 4));
    for (String bad : new String[] {"0", "-1", "two", "1.5"}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Workers.threads(bad, 4));
      assertTrue(refused.getMessage().contains("ember4j.threads is " + bad), refused.getMessage());
    }
  }

  @Test
  void differentWorkersDoNotShareHelpers() {
    Thread first = helper(new Workers(2));
    assertNotSame(first, helper(new Workers(2)));
  }

  private static Thread helper(Workers workers) {
    Thread[] found = new Thread[2];
    CyclicBarrier both = new CyclicBarrier(2);
    workers.execute(
        2,
        i -> {
          found[i] = Thread.currentThread();
          await(both);
        });
    return found[0] == Thread.currentThread() ? found[1] : found[0];
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new AssertionError("not all parts ran at the same time", broken);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
