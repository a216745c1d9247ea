using System.Numerics;

namespace Facialis.Platform.Audit;

/// <summary>The right edge of a growing tree: the roots of the whole subtrees that it consists of, from the largest to the smallest.</summary>
/// <remarks>There is one for each 1 in the binary size, so a log of a million entries is carried on from at most 20 hashes.</remarks>
public sealed class MerkleFrontier
{
    private readonly List<byte[]> _roots = [];

    /// <summary>An edge of the empty tree.</summary>
    public MerkleFrontier()
    {
    }

    /// <summary>An edge as <see cref="ToBytes"/> wrote it.</summary>
    /// <exception cref="InvalidDataException">The bytes are no edge of a tree of this size.</exception>
    public MerkleFrontier(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != BitOperations.PopCount((ulong)size) * MerkleTree.HashLength)
        {
            throw new InvalidDataException($"The audit log's edge of {bytes.Length} bytes does not belong to a log of {size} entries.");
        }

        Size = size;
        for (; bytes.Length > 0; bytes = bytes[MerkleTree.HashLength..])
        {
            _roots.Add(bytes[..MerkleTree.HashLength].ToArray());
        }
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Root of the whole tree.</summary>
    public byte[] Root
    {
        get
        {
            if (_roots.Count == 0)
            {
                return MerkleTree.EmptyRoot;
            }

            var root = _roots[^1];
            for (var i = _roots.Count - 2; i >= 0; i--)
            {
                root = MerkleTree.Node(_roots[i], root);
            }

            return root;
        }
    }

    /// <summary>Adds a leaf at the end.</summary>
    public void Add(byte[] leaf)
    {
        var hash = leaf;
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            hash = MerkleTree.Node(_roots[^1], hash);
            _roots.RemoveAt(_roots.Count - 1);
        }

        _roots.Add(hash);
        Size++;
    }

    public byte[] ToBytes() => [.. _roots.SelectMany(root => root)];
}
