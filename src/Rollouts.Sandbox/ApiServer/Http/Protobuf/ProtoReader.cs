namespace Rollouts.Sandbox.ApiServer.Http.Protobuf;

/// <summary>The fields of one message of protobuf's wire format.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <param name="varint">The value of a field that is a number or a flag, else 0.</param>
    /// <param name="content">The bytes of a field that has a length, else empty.</param>
    /// <exception cref="NotSupportedException">The bytes are no message.</exception>
    public bool Next(out int number, out ulong varint, out ReadOnlySpan<byte> content)
    {
        number = 0;
        varint = 0;
        content = [];
        if (rest.IsEmpty)
            return false;
        ulong tag = Varint();
        number = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                varint = Varint();
                return true;
            case 1:
                content = Take(8);
                return true;
            case 2:
                content = Take(Varint());
                return true;
            case 5:
                content = Take(4);
                return true;
            default:
                throw new NotSupportedException($"protobuf wire type {tag & 7} is not known");
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw new NotSupportedException("a protobuf number does not end");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
            throw new NotSupportedException("a protobuf message is cut short");
        ReadOnlySpan<byte> taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
