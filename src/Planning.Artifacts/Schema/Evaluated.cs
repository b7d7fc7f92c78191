namespace Planning.Artifacts.Schema;

/// <summary>Which entries or items of one instance some keyword has looked at; only kept where unevaluated* asks for it.</summary>
internal sealed class Evaluated
{
    private bool[] _marks = [];

    public int Count { get; private set; }

    public bool this[int index] => _marks[index];

    public void Reset(int count)
    {
        if (_marks.Length < count)
            _marks = new bool[Math.Max(count, 2 * _marks.Length)];
        else
            _marks.AsSpan(0, count).Clear();
        Count = count;
    }

    public void Mark(int index) => _marks[index] = true;

    public void MarkFirst(int count) => _marks.AsSpan(0, Math.Min(count, Count)).Fill(true);

    public void Merge(Evaluated other)
    {
        for (var i = 0; i < Count; i++)
            _marks[i] |= other._marks[i];
    }
}
