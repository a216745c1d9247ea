using System.Security.Cryptography;
using Facialis.Platform.Audit;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Web.Tests.Audit;

public sealed class MerkleTreeTests
{
    /// <summary>The leaves and roots of the test data that Certificate Transparency implementations share.</summary>
    [Theory]
    [InlineData(0, "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData(1, "6E340B9CFFB37A989CA544E6BB780A2C78901D3FB33738768511A30617AFA01D")]
    [InlineData(2, "FAC54203E7CC696CF0DFCB42C92A1D9DBAF70AD9E621F4BD8D98662F00E3C125")]
    [InlineData(3, "AEB6BCFE274B70A14FB067A5E5578264DB0FA9B51AF5E0BA159158F329E06E77")]
    [InlineData(4, "D37EE418976DD95753C1C73862B9398FA2A2CF9B4FF0FDFE8B30CD95209614B7")]
    [InlineData(5, "4E3BBB1F7B478DCFE71FB631631519A3BCA12C9AEFCA1612BFCE4C13A86264D4")]
    [InlineData(6, "76E67DADBCDF1E10E1B74DDC608ABD2F98DFB16FBCE75277B5232A127F2087EF")]
    [InlineData(7, "DDB89BE403809E325750D3D263CD78929C2942B7942A34B77E122C9594A74C8C")]
    [InlineData(8, "5DC9DA79A70659A9AD559CB701DED9A2AB9D823AAD2F4960CFE370EFF4604328")]
    public void The_roots_are_those_of_the_shared_test_data(int size, string root)
    {
        string[] entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696A6B6C6D6E6F"];
        var leaves = entries.Take(size).Select(e => MerkleTree.Leaf(Convert.FromHexString(e))).ToArray();

        Assert.Equal(root, Convert.ToHexString(MerkleTree.Root(leaves)));
        Assert.Equal(root, Convert.ToHexString(Frontier(leaves).Root));
    }

    [Fact]
    public void Trees_and_edges_of_any_size_agree_with_the_naive_tree() => Prop.ForAll(Sizes(0, 130), size =>
    {
        var leaves = Leaves(size);
        var edge = Frontier(leaves);
        var again = new MerkleFrontier(edge.Size, edge.ToBytes());
        var root = NaiveTree.Root(leaves);
        return MerkleTree.Root(leaves).SequenceEqual(root) && edge.Root.SequenceEqual(root) && again.Root.SequenceEqual(root);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_inclusion_proof_is_the_naive_one_and_holds_for_its_leaf_only() => Prop.ForAll(Sizes(1, 80), Sizes(0, 1000), (size, pick) =>
    {
        var leaves = Leaves(size);
        var index = pick % size;
        var root = NaiveTree.Root(leaves);
        var path = MerkleTree.InclusionProof(leaves, index);
        var same = path.Zip(NaiveTree.Path(index, leaves)).All(p => p.First.SequenceEqual(p.Second));
        var holds = MerkleTree.IsIncluded(leaves[index], index, size, path, root);
        var elsewhere = Enumerable.Range(0, size).Where(i => i != index).Any(i => MerkleTree.IsIncluded(leaves[index], i, size, path, root));
        var other = MerkleTree.IsIncluded(MerkleTree.Leaf([1, 2, 3]), index, size, path, root);
        var longer = MerkleTree.IsIncluded(leaves[index], index, size, [.. path, root], root);
        return same && holds && !elsewhere && !other && !longer;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_consistency_proof_is_the_naive_one_and_holds_for_what_only_grew() => Prop.ForAll(Sizes(1, 80), Sizes(0, 1000), (size, pick) =>
    {
        var leaves = Leaves(size);
        var old = 1 + (pick % size);
        var (oldRoot, root) = (NaiveTree.Root(leaves[..old]), NaiveTree.Root(leaves));
        var proof = MerkleTree.ConsistencyProof(leaves, old);
        var same = proof.Zip(NaiveTree.Subproof(old, leaves, b: true)).All(p => p.First.SequenceEqual(p.Second));
        var holds = MerkleTree.IsConsistent(old, size, oldRoot, root, proof);

        leaves[pick % old] = MerkleTree.Leaf([1, 2, 3]); // history rewritten
        var rewritten = NaiveTree.Root(leaves);
        var forged = MerkleTree.IsConsistent(old, size, oldRoot, rewritten, MerkleTree.ConsistencyProof(leaves, old));
        return same && holds && !forged;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_edge_that_does_not_fit_its_size_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new MerkleFrontier(3, new byte[32]));
        Assert.Throws<InvalidDataException>(() => new MerkleFrontier(-1, []));
    }

    private static Arbitrary<int> Sizes(int from, int to) => Gen.Choose(from, to).ToArbitrary();

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.Leaf(SHA256.HashData(BitConverter.GetBytes(i))))];

    private static MerkleFrontier Frontier(byte[][] leaves)
    {
        var edge = new MerkleFrontier();
        foreach (var leaf in leaves)
        {
            edge.Add(leaf);
        }

        return edge;
    }
}
