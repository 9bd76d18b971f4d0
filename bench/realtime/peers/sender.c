/* The limit of the kernel: the same bytes, sent to every socket by epoll's most modest user. It answers
 * every request with a WebSocket handshake and obeys lines on stdin: {"count":N,"perSec":R,…}. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <netinet/tcp.h>
#include <time.h>
#include <unistd.h>

#define VIEWERS_MAX 20000

static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                             "Connection: Upgrade\r\nSec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n";
static const char filler[] = "这条弹幕二十个字左右真好看啊主播这条弹幕二十个字左右真好看啊主播这条弹幕二十个字左右真好看啊主播";

static int viewers[VIEWERS_MAX];
static int viewer_count, epoll_fd, listen_fd, published;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void publish(void) {
  struct timeval t;
  unsigned char frame[512];
  gettimeofday(&t, NULL);
  long long at = t.tv_sec * 1000LL + t.tv_usec / 1000;
  int length = snprintf((char *)frame + 4, sizeof frame - 4, "{\"at\":%lld,\"n\":%d,\"filler\":\"%s\"}", at,
                        published++, filler);
  frame[0] = 0x81;
  frame[1] = 126;
  frame[2] = length >> 8;
  frame[3] = length & 255;
  for (int i = 0; i < viewer_count; i++) send(viewers[i], frame, length + 4, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void serve(int wait_ms) {
  struct epoll_event events[256];
  char in[4096];
  int count = epoll_wait(epoll_fd, events, 256, wait_ms);
  for (int i = 0; i < count; i++) {
    int fd = events[i].data.fd;
    if (fd == listen_fd) {
      int viewer = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK);
      if (viewer < 0) continue;
      int on = 1;
      setsockopt(viewer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      struct epoll_event event = {.events = EPOLLIN, .data.fd = viewer};
      epoll_ctl(epoll_fd, EPOLL_CTL_ADD, viewer, &event);
    } else if (fd == 0) {
      ssize_t got = read(0, in, sizeof in - 1);
      if (got <= 0) exit(0);
      in[got] = 0;
      char *c = strstr(in, "\"count\":"), *r = strstr(in, "\"perSec\":");
      int total = c ? atoi(c + 8) : 0;
      double rate = r ? atof(r + 9) : 1, start = now_ms();
      for (int n = 0; n < total; n++) {
        double wait = start + n * 1000.0 / rate - now_ms();
        if (wait > 0) usleep(wait * 1000);
        publish();
      }
      printf("{\"done\":true}\n");
      fflush(stdout);
    } else {
      ssize_t got = read(fd, in, sizeof in);
      if (got == 0 || (got < 0 && errno != EAGAIN)) {
        for (int v = 0; v < viewer_count; v++)
          if (viewers[v] == fd) viewers[v] = viewers[--viewer_count];
        close(fd);
      } else if (got > 3 && memcmp(in, "GET", 3) == 0 && viewer_count < VIEWERS_MAX) {
        send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL);
        viewers[viewer_count++] = fd;
      }
    }
  }
}

int main(void) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  epoll_fd = epoll_create1(0);
  if (bind(listen_fd, (struct sockaddr *)&at, sizeof at) || listen(listen_fd, 4096)) return 1;
  getsockname(listen_fd, (struct sockaddr *)&at, &size);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listen_fd};
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listen_fd, &event);
  event.data.fd = 0;
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, 0, &event);
  printf("{\"port\":%d,\"tickets\":[]}\n", ntohs(at.sin_port));
  fflush(stdout);
  for (;;) serve(-1);
}
