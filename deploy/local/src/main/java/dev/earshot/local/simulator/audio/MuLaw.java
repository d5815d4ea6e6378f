package dev.earshot.local.simulator.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** G.711 µ-law, the telephone network's own code, to 16 bit little-endian PCM. */
final class MuLaw {
    private static final int BIAS = 0x84;

    private MuLaw() {}

    static int decode(byte code) {
        int value = ~code & 0xFF;
        int exponent = (value >> 4) & 0x07;
        int magnitude = ((((value & 0x0F) << 3) + BIAS) << exponent) - BIAS;
        return (value & 0x80) == 0 ? magnitude : -magnitude;
    }

    /** Both voices in one channel. */
    static byte[] mix(byte[] left, byte[] right) {
        ByteBuffer pcm = ByteBuffer.allocate(left.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < left.length; i++) {
            int sum = decode(left[i]) + decode(right[i]);
            pcm.putShort((short) Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE));
        }
        return pcm.array();
    }

    /** One voice per channel, the agent's on the left. */
    static byte[] interleave(byte[] left, byte[] right) {
        ByteBuffer pcm = ByteBuffer.allocate(left.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < left.length; i++) {
            pcm.putShort((short) decode(left[i])).putShort((short) decode(right[i]));
        }
        return pcm.array();
    }
}
