/** The time, as something that is passed in: tests bring their own. */
import { Injectable } from '@nestjs/common';

@Injectable()
export class Clock {
  /** The present instant. */
  now(): Date {
    return new Date();
  }
}
