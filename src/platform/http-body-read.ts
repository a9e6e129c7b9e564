/** Takes the bytes of a request's body into memory, up to a limit and a deadline. */
import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './http-problem.ts';

/** A body read whole must be there by then; one that is streamed may take as long as it keeps coming. */
const DEADLINE_MS = 300_000;

/** The whole body. Throws an HttpProblem: 413 beyond the limit, 408 when it takes too long, 400 when it breaks off. */
export async function readWhole(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const tooLarge = `the body is larger than the ${limitBytes} bytes that are taken here: send less at once`;
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new HttpProblem(413, tooLarge);
  // By events and not by the stream's iterator, which destroys the connection when it is left before the end.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('error', breakOff).off('close', breakOff);
      how();
    };
    const refuse = (status: number, detail: string): void => settle(() => reject(new HttpProblem(status, detail)));
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limitBytes) refuse(413, tooLarge);
      else chunks.push(chunk);
    };
    const finish = (): void => settle(() => resolve(Buffer.concat(chunks)));
    const breakOff = (): void => refuse(400, 'the body ended too early');
    const timer = setTimeout(() => refuse(408, 'the body took too long to arrive'), DEADLINE_MS);
    request.on('data', take).on('end', finish).on('error', breakOff).on('close', breakOff);
  });
}
