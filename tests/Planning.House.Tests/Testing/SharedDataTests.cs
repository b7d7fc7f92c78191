using Planning.Testing;
using Xunit;

namespace Planning.House.Tests.Testing;

public sealed class SharedDataTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("planning-shared-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Shared_data_are_found_in_the_nearest_folder_above()
    {
        var data = Directory.CreateDirectory(Path.Combine(_root, "shared", "data")).FullName;

        Assert.Equal(data, SharedData.Find(null, [Path.Combine(_root, "checkout"), _root]));
    }

    [Fact]
    public void A_named_folder_comes_before_any_other()
    {
        Directory.CreateDirectory(Path.Combine(_root, "shared", "data"));
        var named = Directory.CreateDirectory(Path.Combine(_root, "elsewhere")).FullName;

        Assert.Equal(named, SharedData.Find(named, [_root]));
    }

    [Fact]
    public void A_named_folder_that_is_absent_is_not_replaced_by_another()
    {
        Directory.CreateDirectory(Path.Combine(_root, "shared", "data"));

        Assert.Null(SharedData.Find(Path.Combine(_root, "nowhere"), [_root]));
    }

    [Fact]
    public void A_test_on_absent_data_is_skipped_with_the_reason()
    {
        var fact = new SharedDataFactAttribute("no-such-part");

        Assert.Equal("needs shared/data/no-such-part beside the checkout, or PLANNING_SHARED_DATA set to the folder", fact.Skip);
    }
}
