import { told } from '../api/client';
import { mi, type MiCall } from './mi';

/** The last management command that a control of these pages sent, and what came of it. */
class Calls {
  last = $state.raw<{ call: MiCall; answer: string; refused: boolean } | null>(null);

  /** Runs a command and keeps it for show. */
  async run<T>(call: MiCall): Promise<T> {
    try {
      const result = await mi<T>(call);
      this.last = { call, answer: JSON.stringify(result), refused: false };
      return result;
    } catch (failure) {
      this.last = { call, answer: told(failure), refused: true };
      throw failure;
    }
  }
}

export const calls = new Calls();
