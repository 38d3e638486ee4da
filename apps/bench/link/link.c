// A shaped wire between two network namespaces. Each end is a TUN device, so both sides keep the kernel's own TCP; this
// program carries the IP packets between them and decides when each arrives, or that it does not.
//
//   link NAMESPACE_A NAMESPACE_B DEVICE SEED
//
// It is steered by lines on standard input, answers each with one line, and ends with its input.
//   a|b|both NAME=NUMBER ...   a: packets that leave NAMESPACE_A. Names, all 0 (none) at the start:
//        rate       bit/s of IP packets, all connections together
//        queue      bytes that may wait for that rate; what comes on top is dropped
//        flowrate   bit/s of one TCP connection
//        flowqueue  bytes of one connection that may wait for it
//        delay      microseconds that every packet takes
//        loss       share of packets that are lost, 0 to 1
//        stall      microseconds from now in which every packet is lost
//   stats                      packets and bytes in and out, and packets lost and dropped, of each way, as JSON
//
// A packet's way: loss -> its connection's queue -> the common queue -> the delay line -> the other end. Rates are read
// when a packet starts to be sent, so a new rate holds for all that waits.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t nanoseconds;

typedef struct Packet {
  struct Packet *next;
  nanoseconds at; // since when it is where it is; in the delay line: when it arrives
  uint32_t length;
  unsigned char bytes[];
} Packet;

typedef struct { Packet *first, **end; double bytes; nanoseconds free_at; } Queue;

// Connections at the same time that have queues of their own; a benchmark has a few dozen.
enum { FLOWS = 512 };
typedef struct { uint64_t addresses; uint32_t ports; nanoseconds used; Queue queue; } Flow;

typedef struct {
  double rate, queue, flowrate, flowqueue, delay, loss;
  nanoseconds stalled_until;
  Flow flows[FLOWS];
  int flow_count;
  Queue common, line;
  int from, to;
  uint64_t in, in_bytes, out, out_bytes, lost, dropped;
} Way;

static Way ways[2];
static uint64_t random_state;

static void die(const char *what) { perror(what); exit(1); }

static nanoseconds now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

// 0 to 1. https://prng.di.unimi.it/splitmix64.c
static double chance(void) {
  uint64_t z = (random_state += 0x9e3779b97f4a7c15ull);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return ((z ^ (z >> 31)) >> 11) * (1.0 / 9007199254740992.0);
}

static void put(Queue *q, Packet *p) {
  p->next = NULL;
  if (!q->first) q->end = &q->first;
  *q->end = p;
  q->end = &p->next;
  q->bytes += p->length;
}

static Packet *take(Queue *q) {
  Packet *p = q->first;
  q->first = p->next;
  q->bytes -= p->length;
  return p;
}

// When the first packet is sent, given the queue's rate now. It starts when it is there and the one before it is gone.
static nanoseconds sent_at(const Queue *q, double rate) {
  nanoseconds start = q->first->at > q->free_at ? q->first->at : q->free_at;
  return rate > 0 ? start + (nanoseconds)(q->first->length * 8e9 / rate) : start;
}

static Flow *flow_of(Way *w, const unsigned char *ip, uint32_t length, nanoseconds at) {
  uint64_t addresses = 0;
  uint32_t ports = 0, header = (ip[0] & 15) * 4;
  if (ip[0] >> 4 == 4 && length >= header + 4 && ip[9] == 6) {
    memcpy(&addresses, ip + 12, 8);
    memcpy(&ports, ip + header, 4);
  }
  Flow *oldest = NULL;
  for (int i = 0; i < w->flow_count; i++) {
    Flow *f = &w->flows[i];
    if (f->addresses == addresses && f->ports == ports) { f->used = at; return f; }
    if (!f->queue.first && (!oldest || f->used < oldest->used)) oldest = f;
  }
  Flow *f = w->flow_count < FLOWS ? &w->flows[w->flow_count++] : oldest;
  if (!f) return &w->flows[0];
  *f = (Flow){ .addresses = addresses, .ports = ports, .used = at };
  return f;
}

static void to_common(Way *w, Packet *p) {
  if (w->rate > 0 && w->queue > 0 && w->common.bytes + p->length > w->queue) { w->dropped++; free(p); return; }
  put(&w->common, p);
}

static void arrive(Way *w, const unsigned char *bytes, uint32_t length, nanoseconds at) {
  w->in++;
  w->in_bytes += length;
  if (at < w->stalled_until || (w->loss > 0 && chance() < w->loss)) { w->lost++; return; }
  Flow *f = w->flowrate > 0 ? flow_of(w, bytes, length, at) : NULL;
  if (f && w->flowqueue > 0 && f->queue.bytes + length > w->flowqueue) { w->dropped++; return; }
  Packet *p = malloc(sizeof *p + length);
  if (!p) die("memory");
  p->at = at;
  p->length = length;
  memcpy(p->bytes, bytes, length);
  if (f) put(&f->queue, p);
  else to_common(w, p);
}

// Moves on what is due, and returns when something is due next.
static nanoseconds advance(Way *w, nanoseconds at) {
  nanoseconds next = UINT64_MAX, due;
  for (int i = 0; i < w->flow_count; i++) {
    Queue *q = &w->flows[i].queue;
    while (q->first && (due = sent_at(q, w->flowrate)) <= at) {
      Packet *p = take(q);
      p->at = q->free_at = due;
      to_common(w, p);
    }
    if (q->first && due < next) next = due;
  }
  while (w->common.first && (due = sent_at(&w->common, w->rate)) <= at) {
    Packet *p = take(&w->common);
    w->common.free_at = due;
    p->at = due + (nanoseconds)(w->delay * 1e3);
    put(&w->line, p);
  }
  if (w->common.first && due < next) next = due;
  while (w->line.first && w->line.first->at <= at) {
    Packet *p = take(&w->line);
    if (write(w->to, p->bytes, p->length) == (ssize_t)p->length) { w->out++; w->out_bytes += p->length; }
    else w->dropped++;
    free(p);
  }
  if (w->line.first && w->line.first->at < next) next = w->line.first->at;
  return next;
}

static void set(Way *w, const char *name, double value) {
  if (!strcmp(name, "rate")) w->rate = value;
  else if (!strcmp(name, "queue")) w->queue = value;
  else if (!strcmp(name, "flowrate")) w->flowrate = value;
  else if (!strcmp(name, "flowqueue")) w->flowqueue = value;
  else if (!strcmp(name, "delay")) w->delay = value;
  else if (!strcmp(name, "loss")) w->loss = value;
  else if (!strcmp(name, "stall")) w->stalled_until = now() + (nanoseconds)(value * 1e3);
}

static void command(char *line) {
  char *word = strtok(line, " \n"), *pair;
  if (!word) return;
  if (!strcmp(word, "stats")) {
    for (int i = 0; i < 2; i++)
      printf("%s{\"in\":%llu,\"inBytes\":%llu,\"out\":%llu,\"outBytes\":%llu,\"lost\":%llu,\"dropped\":%llu}%s", i ? "," : "[",
        (unsigned long long)ways[i].in, (unsigned long long)ways[i].in_bytes, (unsigned long long)ways[i].out,
        (unsigned long long)ways[i].out_bytes, (unsigned long long)ways[i].lost, (unsigned long long)ways[i].dropped, i ? "]\n" : "");
  } else {
    while ((pair = strtok(NULL, " \n"))) {
      char *equals = strchr(pair, '=');
      if (!equals) continue;
      *equals = 0;
      double value = strtod(equals + 1, NULL);
      if (strcmp(word, "b")) set(&ways[0], pair, value);
      if (strcmp(word, "a")) set(&ways[1], pair, value);
    }
    puts("ok");
  }
  fflush(stdout);
}

static int open_tun(const char *name_space, const char *device) {
  char path[256];
  snprintf(path, sizeof path, "/run/netns/%s", name_space);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || setns(fd, CLONE_NEWNET)) die(path);
  close(fd);
  if ((fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC)) < 0) die("/dev/net/tun");
  struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", device);
  if (ioctl(fd, TUNSETIFF, &request)) die("TUNSETIFF");
  return fd;
}

int main(int argc, char **argv) {
  if (argc != 5) { fprintf(stderr, "usage: link NAMESPACE_A NAMESPACE_B DEVICE SEED\n"); return 2; }
  int a = open_tun(argv[1], argv[3]), b = open_tun(argv[2], argv[3]);
  ways[0].from = ways[1].to = a;
  ways[0].to = ways[1].from = b;
  random_state = strtoull(argv[4], NULL, 10);
  setpriority(PRIO_PROCESS, 0, -20); // a wire waits for nobody; where it may not, it is late when the machine is busy
  prctl(PR_SET_TIMERSLACK, 1000); // the default of 50 microseconds is four packets late at 1 Gbit/s
  puts("ready");
  fflush(stdout);

  struct pollfd fds[3] = { { a, POLLIN, 0 }, { b, POLLIN, 0 }, { 0, POLLIN, 0 } };
  static unsigned char packet[65536];
  static char input[4096];
  size_t held = 0;
  nanoseconds next = UINT64_MAX;
  for (;;) {
    nanoseconds at = now(), left = next > at ? next - at : 0;
    struct timespec wait = { left / 1000000000, left % 1000000000 };
    if (ppoll(fds, 3, next == UINT64_MAX ? NULL : &wait, NULL) < 0) die("ppoll");
    for (int i = 0; i < 2; i++) {
      ssize_t length;
      // A few at a time, so that what is due the other way does not wait for a burst.
      for (int n = 0; n < 32 && (length = read(fds[i].fd, packet, sizeof packet)) > 0; n++) arrive(&ways[i], packet, length, now());
    }
    if (fds[2].revents) {
      ssize_t got = read(0, input + held, sizeof input - 1 - held);
      if (got <= 0) return 0;
      input[held += got] = 0;
      for (char *end; (end = strchr(input, '\n')); memmove(input, end + 1, held + 1)) {
        *end = 0;
        held -= end + 1 - input;
        command(input);
      }
    }
    nanoseconds first = advance(&ways[0], now()), second = advance(&ways[1], now());
    next = first < second ? first : second;
  }
}
