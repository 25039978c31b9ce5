import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds the connections of a server so that idle and slow ones make room for new ones: beyond
 * `most`, the one that has waited longest without a whole request goes.
 */
export class ConnectionLimit {
  /** In the order in which they began to wait. */
  readonly #waiting = new Set<Socket>();
  readonly #working = new Set<Socket>();
  readonly #most: number;
  #evicted = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Connections that were closed to make room. */
  get evicted(): number {
    return this.#evicted;
  }

  get size(): number {
    return this.#waiting.size + this.#working.size;
  }

  attach(server: Server): void {
    server.on('connection', (socket) => {
      this.#waiting.add(socket);
      socket.once('close', () => {
        this.#waiting.delete(socket);
        this.#working.delete(socket);
      });
      if (this.size > this.#most) this.#evict();
    });
  }

  /** A whole request has come over the connection. */
  working(socket: Socket): void {
    if (this.#waiting.delete(socket)) this.#working.add(socket);
  }

  /** The request was answered. */
  waiting(socket: Socket): void {
    if (this.#working.delete(socket) && !socket.destroyed) this.#waiting.add(socket);
  }

  #evict(): void {
    const [oldest] = this.#waiting;
    // All work: then the one that came last and has asked nothing yet is in `waiting` too.
    if (!oldest) return;
    this.#waiting.delete(oldest);
    this.#evicted++;
    oldest.destroy();
  }
}
