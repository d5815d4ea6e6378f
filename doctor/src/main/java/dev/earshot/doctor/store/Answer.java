package dev.earshot.doctor.store;

/** What the store said to one call. */
sealed interface Answer {
    /** It did what it was asked to; without a body the content is empty. */
    record Done(byte[] content) implements Answer {}

    /** It knows the bucket, and nothing under this key. */
    record Absent() implements Answer {}

    /**
     * It does not do that.
     *
     * @param code the error code of S3, empty if the answer had none
     */
    record Refused(int status, String code) implements Answer {}

    /** There was no answer, or one that it was not well enough to give. */
    record Unreachable(String why) implements Answer {}

    /** Nothing could be asked: the client lacks what {@code key} gives. */
    record Unasked(String why, String key) implements Answer {}
}
