using System.Numerics;
using System.Security.Cryptography;

namespace Facialis.Platform.Audit;

/// <summary>The hash tree of RFC 6962, section 2.1, over SHA-256.</summary>
public static class MerkleTree
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Root of the tree without entries: the hash of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of one entry: SHA-256(0x00 || entry).</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var prefixed = new byte[entry.Length + 1];
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed.AsSpan(1));
        return SHA256.HashData(prefixed);
    }

    /// <summary>Hash of two subtrees: SHA-256(0x01 || left || right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> prefixed = stackalloc byte[(2 * HashLength) + 1];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + HashLength)..]);
        return SHA256.HashData(prefixed);
    }

    /// <summary>Root of the tree over these leaf hashes.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
    {
        0 => EmptyRoot,
        1 => leaves[0],
        _ => Node(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..])),
    };

    /// <summary>The audit path of one leaf, from the leaf upwards (2.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static List<byte[]> InclusionProof(ReadOnlySpan<byte[]> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var path = new List<byte[]>();
        while (leaves.Length > 1)
        {
            var split = Split(leaves.Length);
            if (index < split)
            {
                path.Add(Root(leaves[split..]));
                leaves = leaves[..split];
            }
            else
            {
                path.Add(Root(leaves[..split]));
                leaves = leaves[split..];
                index -= split;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>True when the path leads from the leaf at this place of a tree of this size to the root.</summary>
    public static bool IsIncluded(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (place, last, hash) = (index, size - 1, leaf);
        foreach (var beside in path)
        {
            if (last == 0)
            {
                return false; // longer than the tree is high
            }

            if ((place & 1) == 1 || place == last)
            {
                hash = Node(beside, hash);
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1); // this level has no right neighbour
                }
            }
            else
            {
                hash = Node(hash, beside);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Shows that the tree over the first <paramref name="oldSize"/> leaves is the beginning of the whole (2.1.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is not between 1 and the number of leaves.</exception>
    public static List<byte[]> ConsistencyProof(ReadOnlySpan<byte[]> leaves, int oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, leaves.Length);
        return Subproof(oldSize, leaves, wholeIsKnown: true);
    }

    /// <summary>True when the proof shows that a tree of the old size and root grew into the new one by adding only.</summary>
    public static bool IsConsistent(
        long oldSize, long newSize, byte[] oldRoot, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        if (oldSize < 1 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot.AsSpan().SequenceEqual(newRoot);
        }

        var (place, last) = (oldSize - 1, newSize - 1);
        while ((place & 1) == 1)
        {
            (place, last) = (place >> 1, last >> 1);
        }

        // A whole power of two is a node of the new tree itself, which the proof then leaves out.
        var next = 0;
        if (place != 0 && proof.Count == 0)
        {
            return false;
        }

        var (old, grown) = place == 0 ? (oldRoot, oldRoot) : (proof[0], proof[next++]);
        for (; next < proof.Count; next++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((place & 1) == 1 || place == last)
            {
                old = Node(proof[next], old);
                grown = Node(proof[next], grown);
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                grown = Node(grown, proof[next]);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && old.AsSpan().SequenceEqual(oldRoot) && grown.AsSpan().SequenceEqual(newRoot);
    }

    private static List<byte[]> Subproof(int oldSize, ReadOnlySpan<byte[]> leaves, bool wholeIsKnown)
    {
        if (oldSize == leaves.Length)
        {
            return wholeIsKnown ? [] : [Root(leaves)];
        }

        var split = Split(leaves.Length);
        if (oldSize <= split)
        {
            return [.. Subproof(oldSize, leaves[..split], wholeIsKnown), Root(leaves[split..])];
        }

        return [.. Subproof(oldSize - split, leaves[split..], wholeIsKnown: false), Root(leaves[..split])];
    }

    /// <summary>The largest power of two below the size.</summary>
    private static int Split(int size) => (int)(BitOperations.RoundUpToPowerOf2((uint)size) >> 1);
}
