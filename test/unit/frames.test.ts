// The bytes of a `next` message, at every size at which a frame changes its form.
import { describe, expect, it } from '@jest/globals';
import { frameLength, nextPrefix, putNextFrame } from '../../src/gateway/frames.js';
import { StrictReader } from '../support/strict-frames.js';

const EMPTY = nextPrefix('1').length + '{"text":""}'.length + 1;

/** A payload that makes the whole message so long. */
const payloadFor = (length: number) => ({ text: 'x'.repeat(length - EMPTY) });
function frameOf(id: string, payload: unknown): Buffer {
  const [prefix, body] = [nextPrefix(id), Buffer.from(JSON.stringify(payload))];
  const memory = Buffer.alloc(frameLength(prefix, body));
  expect(putNextFrame(memory, 0, prefix, body)).toBe(memory.length);
  return memory;
}

describe('a frame', () => {
  it.each([EMPTY, 124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537, 200_000])('of %i bytes is right', (length) => {
    const payload = payloadFor(length);
    const [frame] = new StrictReader().read(frameOf('1', payload));
    expect(frame?.text).toHaveLength(length);
    expect(frame?.message).toEqual({ id: '1', type: 'next', payload });
  });

  it.each(['ü', '日本語', '👩‍👩‍👧', '\u2028"\\', 'é\u0301'])('carries %s whole', (text) => {
    const [frame] = new StrictReader().read(frameOf(`id ${text}`, { text }));
    expect(frame?.message).toEqual({ id: `id ${text}`, type: 'next', payload: { text } });
  });

  it('ends where the next one begins', () => {
    const frames = [1, 2, 3].map((n) => frameOf(String(n), payloadFor(100 * n)));
    const reader = new StrictReader();
    const bytes = Buffer.concat(frames);
    const read = [...bytes].flatMap((byte) => reader.read(Buffer.from([byte])));
    expect(read.map(({ message }) => message?.id)).toEqual(['1', '2', '3']);
  });
});

describe('the strict reader', () => {
  const right = frameOf('1', payloadFor(126));
  const spoilt = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(right);
    change(bytes);
    return () => new StrictReader().read(bytes);
  };

  it('throws at what a server may not send', () => {
    expect(spoilt((bytes) => bytes.writeUInt8(0x01, 0))).toThrow('FIN');
    expect(spoilt((bytes) => bytes.writeUInt8(0xc1, 0))).toThrow('extension');
    expect(spoilt((bytes) => bytes.writeUInt8(0x82, 0))).toThrow('opcode');
    expect(spoilt((bytes) => bytes.writeUInt8(0x80 | 126, 1))).toThrow('mask');
    expect(spoilt((bytes) => bytes.writeUInt16BE(125, 2))).toThrow('short form');
    expect(spoilt((bytes) => bytes.writeUInt8(0xff, 20))).toThrow();
    const complete = Buffer.from('\x81\x1c{"id":"1","type":"complete"}', 'latin1');
    expect(() => new StrictReader().read(Buffer.concat([complete, right]))).toThrow('operation 1 was over');
    expect(() => new StrictReader().read(Buffer.concat([Buffer.from([0x88, 0]), right]))).toThrow('close frame');
  });
});
