using System.Security.Cryptography;

namespace Facialis.Web.Tests.Audit;

/// <summary>RFC 6962, 2.1, written down as it stands there, slowly and apart from the product.</summary>
internal static class NaiveTree
{
    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0x00, .. entry]);

    public static byte[] Root(IReadOnlyList<byte[]> d)
    {
        if (d.Count == 0)
        {
            return SHA256.HashData([]);
        }

        if (d.Count == 1)
        {
            return d[0];
        }

        var k = K(d.Count);
        return SHA256.HashData([0x01, .. Root([.. d.Take(k)]), .. Root([.. d.Skip(k)])]);
    }

    /// <summary>PATH(m, D[n]).</summary>
    public static List<byte[]> Path(int m, IReadOnlyList<byte[]> d)
    {
        if (d.Count == 1)
        {
            return [];
        }

        var k = K(d.Count);
        return m < k
            ? [.. Path(m, [.. d.Take(k)]), Root([.. d.Skip(k)])]
            : [.. Path(m - k, [.. d.Skip(k)]), Root([.. d.Take(k)])];
    }

    /// <summary>SUBPROOF(m, D[n], b).</summary>
    public static List<byte[]> Subproof(int m, IReadOnlyList<byte[]> d, bool b)
    {
        if (m == d.Count)
        {
            return b ? [] : [Root(d)];
        }

        var k = K(d.Count);
        return m <= k
            ? [.. Subproof(m, [.. d.Take(k)], b), Root([.. d.Skip(k)])]
            : [.. Subproof(m - k, [.. d.Skip(k)], false), Root([.. d.Take(k)])];
    }

    /// <summary>The largest power of two smaller than n.</summary>
    private static int K(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
