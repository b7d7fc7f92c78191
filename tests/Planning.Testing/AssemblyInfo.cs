using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Planning.House.Tests")]
